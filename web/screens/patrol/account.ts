/** Whose account looks on: a worker's sees its own worker and nobody else's; the server decides, this is what is offered. */
import type { Session } from '../../../server/contract/session.ts'
import { api } from '../../api.ts'
import { useResource } from '../../use-resource.ts'

export interface Account {
  /** Of role worker. */
  readonly isWorker: boolean
  /** Whose it is; null: no worker's. */
  readonly own: Session['worker']
  /** Of role worker, and nobody has said yet whose it is: no day, month or evidence is shown to it. */
  readonly isUnbound: boolean
  /** Months, records, objections and evidence are for those who look after workers, and for the worker. */
  readonly seesRecords: boolean
  /** The login. */
  readonly name: string
}

const recordReaders: readonly Session['role'][] = ['administrator', 'supervisor', 'worker']

export const accountOf = (session: Pick<Session, 'role' | 'worker' | 'name'> | undefined): Account => {
  const isWorker = session?.role === 'worker'
  const own = session?.worker ?? null
  const seesRecords = session === undefined || recordReaders.includes(session.role)
  return { isWorker, own, seesRecords, isUnbound: isWorker && own === null, name: session?.name ?? '' }
}

export const useAccount = (): Account => accountOf(useResource(api.session()).data)
