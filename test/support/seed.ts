import fc from 'fast-check'

// One commit gives one verdict: properties try the same cases every time, unless a seed is named to look for more
// (CONTRIBUTING.md).
const { FAST_CHECK_SEED: seed } = process.env
fc.configureGlobal({ seed: seed === undefined ? 20_261_122 : Number(seed) })
