/** GET /api/areas/{code}/check · POST /api/check: is a division whole, are its households covered, do its sizes hold. */
import { z } from 'zod'
import { requireHouseholds } from '../commands/household-right.ts'
import { checkReportSchema, presentCheck } from '../contract/check.ts'
import { type CheckedFiles, checkedFilesSchema } from '../contract/uploads.ts'
import type { Flaw } from '../core/values.ts'
import { answerOnDay, areaOnDay } from './area-answer.ts'
import { loadDivisionInput } from './division-input.ts'
import { defineRoute, jsonAnswer } from './route.ts'
import { readFields, readOptions, refuseFlaws } from './uploads/read-options.ts'
import { readArea, readDivision, readHouseholds, readSites } from './uploads/read-shapes.ts'
import { receiveFiles } from './uploads/receive-files.ts'

export const checkRoute = defineRoute({
  method: 'get',
  path: '/api/areas/{code}/check',
  tag: 'grids',
  summary: { zh: '检查网格划分', en: 'Check the division of an area on a day' },
  ...areaOnDay,
  answer: jsonAnswer(200, 'The report, as `wangge check --format json`', checkReportSchema),
  async handle(call) {
    const body = await answerOnDay(call, 'check', async ({ db, area, moment, run }) => {
      await requireHouseholds(db, area.towns)
      return presentCheck(await run('checkDivision', await loadDivisionInput(db, area, moment)))
    })
    return { body }
  },
})

const file = (description: string) => z.string().meta({ description })

export const checkFilesRoute = defineRoute({
  method: 'post',
  path: '/api/check',
  tag: 'grids',
  summary: { zh: '检查划分文件（不保存）', en: 'Check the division in files; nothing is stored' },
  params: z.object({}),
  query: z.strictObject(readFields),
  stream: {
    type: 'multipart/form-data',
    required: true,
    schema: z.object({
      grids: file('The grids: GeoJSON, Shapefile, CSV, XLSX …; several files are one division'),
      within: file('The area that they are to cover').optional(),
      households: file('The households').optional(),
      villages: file('Natural villages, which no boundary should split').optional(),
      buildings: file('Footprints of buildings, which no boundary should cut').optional(),
    }),
  },
  answer: jsonAnswer(200, 'The report, and the grids as they were read', checkedFilesSchema),
  async handle({ request, query, services, signal }) {
    const { uploadFolder: folder, limits, thread } = services
    const fields = ['grids', 'within', 'households', 'villages', 'buildings']
    const received = await receiveFiles(request, { fields, required: ['grids'], folder, limits, signal })
    try {
      const { grids = [], within = [], households = [], villages = [], buildings = [] } = received.files
      const options = readOptions(query, signal)
      const flaws: Flaw[] = []
      const division = await readDivision(grids, options, flaws)
      const area = within.length === 0 ? undefined : await readArea(within, options, flaws)
      const points = households.length === 0 ? undefined : await readHouseholds(households, options, flaws)
      const naturalVillages = await readSites(villages, 'villages', options, flaws)
      const footprints = await readSites(buildings, 'buildings', options, flaws)
      refuseFlaws(flaws)
      const input = {
        grids: division,
        ...(area && { within: area }),
        ...(points && { households: points }),
        ...(villages.length > 0 && { villages: naturalVillages }),
        ...(buildings.length > 0 && { buildings: footprints }),
      }
      const body: CheckedFiles = {
        report: presentCheck(await thread.run('checkDivision', input, signal)),
        grids: {
          type: 'FeatureCollection',
          features: division.map(({ code, geometry }) => ({
            type: 'Feature',
            geometry: { ...geometry },
            properties: { code },
          })),
        },
      }
      return { body, cacheControl: 'no-store' }
    } finally {
      await received.remove()
    }
  },
})
