/** What a browser or a program shows to say who it is: random, so that a plain hash is enough to keep it by. */
import { createHash, randomBytes } from 'node:crypto'

const secretBytes = 32

/** 256 random bits in base64url. */
export const newSecret = (): string => randomBytes(secretBytes).toString('base64url')

/** A secret with a mark by which scanners for leaked secrets can find it. */
export const newToken = (): string => `wangge_${newSecret()}`

/** What the database keeps of a secret: its SHA-256 in hex. */
export const hashOfSecret = (secret: string): string => createHash('sha256').update(secret).digest('hex')
