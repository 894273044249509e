/** Who is asking, and what this server is; signing in and out. */
import { z } from 'zod'
import { instantSchema } from './values.ts'

/** Name of the cookie that `POST /api/session` sets. */
export const sessionCookie = 'wangge_session'

export const sessionSchema = z
  .object({
    name: z.string().meta({ description: 'As ledgers and plans sign: the login' }),
    display_name: z.string().nullable().meta({ description: 'What people call the user' }),
    by: z.enum(['open', 'session', 'token']).meta({
      description: 'How the request showed who it is; open: nobody has to sign in',
    }),
    expires_at: instantSchema.nullable().meta({ description: 'When the session ends at the latest' }),
    role: z.enum(['administrator', 'planner', 'supervisor', 'analyst', 'worker']),
    areas: z.union([z.literal('all'), z.array(z.string())]),
    worker: z
      .object({ town: z.string(), id: z.string() })
      .nullable()
      .meta({ description: 'The worker whose account it is' }),
    version: z.string(),
    engine: z.enum(['embedded', 'native']),
    demo: z.boolean().meta({ description: 'The demo township is loaded' }),
  })
  .meta({ id: 'Session' })

/** Longer than any password, shorter than an attack on the hash. */
const typed = z.string().max(1000)

export const signInSchema = z.strictObject({ login: typed, password: typed }).meta({ id: 'SignIn' })

export const passwordChangeSchema = z
  .strictObject({ current: typed, next: typed })
  .meta({ id: 'PasswordChange' })

export type Session = z.infer<typeof sessionSchema>
