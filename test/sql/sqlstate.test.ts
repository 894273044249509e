import { describe, expect, it } from 'vitest'
import { statement } from '../../server/db/sql.ts'
import { asDatabaseError, constraintOf } from '../../server/db/sqlstate.ts'
import { failureOf, useDatabase } from '../support/database.ts'

const test = useDatabase()

describe('what the database refuses', () => {
  it.each<[string, string, object]>([
    [
      'unique',
      `insert into wangge.areas (area_code, level, name, lineage) values ('a', 'county', 'a', '{a}'), ('a', 'county', 'a', '{a}')`,
      { sqlstate: '23505', constraint: 'areas_pk' },
    ],
    [
      'foreign_key',
      `insert into wangge.areas (area_code, parent_code, level, name, lineage) values ('a', 'x', 'county', 'a', '{a}')`,
      { constraint: 'areas_parent_fk' },
    ],
    [
      'check',
      `insert into wangge.areas (area_code, level, name, lineage) values ('a', 'city', 'a', '{a}')`,
      { constraint: 'areas_level' },
    ],
    [
      'not_null',
      `insert into wangge.areas (area_code, level, name) values ('a', 'county', 'a')`,
      { constraint: undefined },
    ],
    ['bad_value', `select 'x'::int`, { sqlstate: '22P02' }],
    [
      'permission',
      `select pg_read_file('/etc/passwd') from (select set_config('role', 'wangge_town', true) offset 0) r`,
      {},
    ],
    ['fault', 'select no_such_column', { sqlstate: '42703' }],
  ])('%s', async (kind, text, details) => {
    expect(await failureOf(test.db.system().none(statement(text)))).toMatchObject({ kind, ...details })
  })

  it('exclusion', async () => {
    const policy = `insert into wangge.policies (area_code, kind, valid_from, name, rules) values ('a', 'patrol', '2026-01-%', 'p', '{}')`
    const work = test.db.system().transaction(async (t) => {
      await t.none(
        statement(
          `insert into wangge.areas (area_code, level, name, lineage) values ('a', 'county', 'a', '{a}')`,
        ),
      )
      await t.none(statement(policy.replace('%', '01')))
      await t.none(statement(policy.replace('%', '02')))
    })
    expect(await failureOf(work)).toMatchObject({ kind: 'exclusion', constraint: 'policies_no_overlap' })
  })

  it('read_only', async () => {
    const work = test.db.system().transaction(async (t) => {
      await t.none(statement('set transaction read only'))
      await t.none(statement('create table wangge.nothing ()'))
    })
    expect((await failureOf(work)).kind).toBe('read_only')
  })
})

describe('asDatabaseError', () => {
  const coded = (code: string): Error => Object.assign(new Error('words that say nothing'), { code })

  it.each([
    ['40001', 'serialization', true],
    ['40P01', 'serialization', true],
    ['57P01', 'connection_lost', true],
    ['08006', 'connection_lost', true],
    ['ECONNRESET', 'connection_lost', true],
    ['53100', 'resources', false],
    ['57014', 'timeout', false],
    ['XX000', 'fault', false],
  ])('%s is %s', (code, kind, retryable) => {
    expect(asDatabaseError(coded(code))).toMatchObject({ kind, retryable })
  })

  it.each([
    ['Connection terminated unexpectedly', 'connection_lost'],
    ['Client has encountered a connection error and is not queryable', 'connection_lost'],
    ['timeout exceeded when trying to connect', 'resources'],
    ['anything else', 'fault'],
  ])('“%s” of node-postgres is %s', (message, kind) => {
    expect(asDatabaseError(new Error(message)).kind).toBe(kind)
  })

  it('names the query file, and keeps an error that is one already', () => {
    const error = asDatabaseError(coded('40001'), 'grids/list-grids')
    expect(error).toMatchObject({
      query: 'grids/list-grids',
      message: 'grids/list-grids: words that say nothing',
    })
    expect(asDatabaseError(error, 'another')).toBe(error)
  })
})

describe('constraintOf', () => {
  it.each<[unknown, string, string | undefined]>([
    ['workers_pk', 'any words', 'workers_pk'],
    ['workers_pk_105038', 'any words', 'workers_pk'],
    [undefined, 'duplicate key value violates unique constraint "workers_pk_105038"', 'workers_pk'],
    [undefined, 'insert or update on table "a_102008" violates foreign key constraint "a_fk_102008"', 'a_fk'],
    [undefined, 'no name in here', undefined],
  ])('%s in “%s” is %s', (field, message, expected) => {
    expect(constraintOf(field, message)).toBe(expected)
  })
})
