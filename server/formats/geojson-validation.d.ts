/** The part of geojson-validation used here; the package brings no types. */
declare module 'geojson-validation' {
  const validation: {
    /** With `trace`, the list of objections, empty when there are none. */
    isFeature(value: unknown, trace: true): string[]
  }
  export default validation
}
