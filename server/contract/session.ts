/** Who is asking, and what this server is. */
import { z } from 'zod'

export const sessionSchema = z
  .object({
    name: z.string(),
    role: z.enum(['administrator', 'planner', 'supervisor', 'analyst', 'worker']),
    areas: z.union([z.literal('all'), z.array(z.string())]),
    version: z.string(),
    engine: z.enum(['embedded', 'native']),
    demo: z.boolean().meta({ description: 'The demo township is loaded' }),
  })
  .meta({ id: 'Session' })

export type Session = z.infer<typeof sessionSchema>
