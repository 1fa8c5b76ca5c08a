import { configureGlobal } from 'fast-check'

/** Properties are tried with the same inputs each time, so that a test never fails by chance; another seed tries others. */
const seed = Number(process.env['PROPERTY_SEED'] ?? 2026)

configureGlobal({ seed })
