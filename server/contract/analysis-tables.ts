/** An answer as tables: its cells, clusters or bands, and its card line by line; for CSV and XLSX, on both sides of the wire. */
import type { Message } from '../core/values.ts'
import type { Analysis, AnalysisCell } from './analysis.ts'

export type TableValue = string | number | null

export interface AnalysisTable {
  readonly name: Message
  readonly columns: readonly Message[]
  readonly rows: readonly (readonly TableValue[])[]
}

interface Column<Row> {
  readonly header: Message
  readonly value: (row: Row) => TableValue
}

const tableOf = <Row>(
  name: Message,
  columns: readonly Column<Row>[],
  rows: readonly Row[],
): AnalysisTable => ({
  name,
  columns: columns.map(({ header }) => header),
  rows: rows.map((row) => columns.map(({ value }) => value(row))),
})

/** What repeats the answer: its address, of files the command. */
const cardMark = ({ card }: Analysis): string => card.address ?? card.command

/** One row a cell; the last column names the card that says how its figures came about. */
export function cellTable(analysis: Analysis): AnalysisTable {
  const has = (key: keyof AnalysisCell): boolean => analysis.cells.some((cell) => cell[key] !== undefined)
  const isHexagon = analysis.unit === 'hexagon'
  const columns: (Column<AnalysisCell> | false)[] = [
    isHexagon && { header: { zh: '六边形（H3）', en: 'h3' }, value: (cell) => cell.h3 },
    !isHexagon && { header: { zh: '网格', en: 'grid' }, value: (cell) => cell.grid ?? null },
    !isHexagon && { header: { zh: '名称', en: 'name' }, value: (cell) => cell.name ?? null },
    { header: { zh: '事件（起）', en: 'count' }, value: (cell) => cell.count },
    { header: { zh: '预期（起）', en: 'expected' }, value: (cell) => cell.expected },
    { header: { zh: '密度（起/平方公里）', en: 'per_km2' }, value: (cell) => cell.per_km2 },
    { header: { zh: '比率（起/千户）', en: 'rate' }, value: (cell) => cell.rate },
    { header: { zh: '住户（户）', en: 'households' }, value: (cell) => cell.households },
    {
      header: { zh: `图例值（${analysis.legend.unit.zh}）`, en: `value (${analysis.legend.unit.en})` },
      value: (cell) => cell.value,
    },
    { header: { zh: 'z', en: 'z' }, value: (cell) => cell.z },
    { header: { zh: 'p（双侧）', en: 'p' }, value: (cell) => cell.p },
    has('p_even') && {
      header: { zh: 'p（均匀散布，双侧）', en: 'p_even' },
      value: (cell) => cell.p_even ?? null,
    },
    { header: { zh: 'p（校正后）', en: 'q' }, value: (cell) => cell.q },
    { header: { zh: '类别', en: 'class' }, value: (cell) => cell.class },
    has('trend_z') && { header: { zh: '趋势 z', en: 'trend_z' }, value: (cell) => cell.trend_z ?? null },
    has('before') && { header: { zh: '对比期（起）', en: 'before' }, value: (cell) => cell.before ?? null },
    has('change') && { header: { zh: '日均之比', en: 'ratio' }, value: (cell) => cell.change?.ratio ?? null },
    has('change') && {
      header: { zh: '下限（95%）', en: 'low_95' },
      value: (cell) => cell.change?.low ?? null,
    },
    has('change') && {
      header: { zh: '上限（95%）', en: 'high_95' },
      value: (cell) => cell.change?.high ?? null,
    },
    { header: { zh: '说明卡', en: 'card' }, value: () => cardMark(analysis) },
  ]
  return tableOf(
    { zh: '单元', en: 'Cells' },
    columns.filter((one) => one !== false),
    analysis.cells,
  )
}

type Cluster = NonNullable<Analysis['clusters']>[number]
type Band = NonNullable<Analysis['bands']>[number]

const clusterColumns: readonly Column<Cluster>[] = [
  { header: { zh: '序号', en: 'rank' }, value: (one) => one.rank },
  { header: { zh: '经度', en: 'lon' }, value: (one) => one.centre[0] },
  { header: { zh: '纬度', en: 'lat' }, value: (one) => one.centre[1] },
  { header: { zh: '半径（米）', en: 'radius_m' }, value: (one) => one.radius_m },
  { header: { zh: '起始日', en: 'from' }, value: (one) => one.from },
  { header: { zh: '截止日（不含）', en: 'to' }, value: (one) => one.to },
  { header: { zh: '事件（起）', en: 'observed' }, value: (one) => one.observed },
  { header: { zh: '预期（起）', en: 'expected' }, value: (one) => one.expected },
  { header: { zh: '对数似然比', en: 'log_likelihood_ratio' }, value: (one) => one.log_likelihood_ratio },
  { header: { zh: 'p', en: 'p' }, value: (one) => one.p },
  { header: { zh: '重现间隔（天）', en: 'recurrence_days' }, value: (one) => one.recurrence_days },
]

const bandColumns: readonly Column<Band>[] = [
  { header: { zh: '距离自（米）', en: 'from_m' }, value: (one) => one.from_m },
  { header: { zh: '至（米，不含）', en: 'to_m' }, value: (one) => one.to_m },
  { header: { zh: '间隔自（天）', en: 'from_days' }, value: (one) => one.from_days },
  { header: { zh: '至（天，不含）', en: 'to_days' }, value: (one) => one.to_days },
  { header: { zh: '对数', en: 'observed' }, value: (one) => one.observed },
  { header: { zh: '预期（均值）', en: 'expected' }, value: (one) => one.expected },
  { header: { zh: '预期（中位数）', en: 'median' }, value: (one) => one.median },
  { header: { zh: '比值', en: 'ratio' }, value: (one) => one.ratio },
  { header: { zh: 'p', en: 'p' }, value: (one) => one.p },
]

/** The findings that are no cells, where the statistic has some. */
export function findingTable({ clusters, bands }: Analysis): AnalysisTable | null {
  if (clusters) return tableOf({ zh: '聚集', en: 'Clusters' }, clusterColumns, clusters)
  if (bands) return tableOf({ zh: '时空距离段', en: 'Bands' }, bandColumns, bands)
  return null
}

/** The card, a line a part: what, in words, as it is written in the JSON. */
export function cardTable({ card, accuracy }: Analysis): AnalysisTable {
  const said = (value: unknown): TableValue =>
    value === null || typeof value === 'string' || typeof value === 'number' ? value : JSON.stringify(value)
  const rows: (readonly [Message, TableValue])[] = [
    [{ zh: '标题', en: 'title' }, card.title.zh],
    [{ zh: '解读', en: 'reading' }, card.reading.zh],
    [{ zh: '解读（英文）', en: 'reading (en)' }, card.reading.en],
    [{ zh: '区域', en: 'area' }, card.data.area],
    [{ zh: '数据来源', en: 'source' }, [card.data.source, ...card.data.files].join(' ')],
    [{ zh: '数据指纹', en: 'fingerprint' }, card.data.fingerprint],
    [{ zh: '数据版本', en: 'version' }, card.data.version],
    ...Object.entries(card.filter).map(
      ([key, value]) => [{ zh: `筛选 ${key}`, en: `filter ${key}` }, said(value)] as const,
    ),
    [{ zh: '读取（条）', en: 'read' }, card.counts.read],
    [{ zh: '计入（条）', en: 'counted' }, card.counts.counted],
    ...card.counts.excluded.map(
      ({ message, count }) => [{ zh: `未计：${message.zh}`, en: `excluded: ${message.en}` }, count] as const,
    ),
    [{ zh: 'n', en: 'n' }, card.n],
    ...Object.entries(card.parameters).map(
      ([key, value]) => [{ zh: `参数 ${key}`, en: `parameter ${key}` }, said(value)] as const,
    ),
    [{ zh: '随机种子', en: 'seed' }, card.seed],
    [{ zh: '软件', en: 'software' }, `${card.software.name} ${card.software.version}`],
    [{ zh: '公式', en: 'formula' }, card.formula],
    ...card.references.map((text) => [{ zh: '文献', en: 'reference' }, text] as const),
    [{ zh: '命令', en: 'command' }, card.command],
    [{ zh: '地址', en: 'address' }, card.address],
    ...Object.entries(accuracy ?? {}).map(
      ([key, value]) => [{ zh: `上期热点的准确性 ${key}`, en: `accuracy ${key}` }, said(value)] as const,
    ),
  ]
  return {
    name: { zh: '说明卡', en: 'Card' },
    columns: [
      { zh: '项目', en: 'part' },
      { zh: '内容', en: 'content' },
    ],
    rows: rows.map(([part, value]) => [part.zh, value]),
  }
}
