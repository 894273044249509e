import { describe, expect, it } from 'vitest'
import { flaw, flawCodes, shown } from '../../server/formats/flaw-codes.ts'

describe('the codes of flaws', () => {
  it('are a published list: adding is a change of this test, renaming breaks those who rely on it', () => {
    expect(flawCodes).toMatchInlineSnapshot(`
      [
        "file_unreadable",
        "file_too_large",
        "file_without_records",
        "format_unknown",
        "gzip_broken",
        "encoding_broken",
        "json_syntax",
        "json_not_geojson",
        "csv_quote_unclosed",
        "zip_broken",
        "zip_too_large",
        "zip_without_data",
        "zip_ambiguous",
        "shapefile_part_missing",
        "shapefile_broken",
        "geopackage_broken",
        "flatgeobuf_broken",
        "layers_ambiguous",
        "xlsx_broken",
        "xml_syntax",
        "xml_doctype",
        "crs_unknown",
        "crs_datum_shift_unknown",
        "column_missing",
        "map_column_unknown",
        "row_ragged",
        "record_unreadable",
        "geojson_structure",
        "geometry_missing",
        "geometry_empty",
        "geometry_wrong_type",
        "wkt_syntax",
        "position_missing",
        "position_not_valid",
        "position_malformed",
        "ring_unclosed",
        "ring_too_short",
        "line_too_short",
        "coordinates_swapped",
        "coordinates_out_of_range",
        "coordinates_not_convertible",
        "value_missing",
        "value_not_number",
        "value_out_of_range",
        "value_not_boolean",
        "value_not_in_list",
        "subject_twice",
        "code_malformed",
        "track_without_times",
        "fit_broken",
        "time_missing",
        "time_malformed",
        "time_before_gps",
        "interval_reversed",
      ]
    `)
  })

  it('show a value on one line, shortened', () => {
    expect(shown('a\n b')).toBe('a b')
    expect(shown('x'.repeat(100))).toBe(`${'x'.repeat(80)}…`)
    expect(shown([1, null])).toBe('[1,null]')
    expect(flaw('time_missing', { line: 2 }, {})).not.toHaveProperty('value')
  })
})
