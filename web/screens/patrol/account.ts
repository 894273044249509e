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
  /** The login. */
  readonly name: string
}

export const accountOf = (session: Pick<Session, 'role' | 'worker' | 'name'> | undefined): Account => {
  const isWorker = session?.role === 'worker'
  const own = session?.worker ?? null
  return { isWorker, own, isUnbound: isWorker && own === null, name: session?.name ?? '' }
}

export const useAccount = (): Account => accountOf(useResource(api.session()).data)
