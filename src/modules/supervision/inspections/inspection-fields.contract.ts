import { z } from 'zod'

/** Fields that inspections, findings and sheets share. */
export const named = z.object({ id: z.string(), name: z.string() })
export const ofOne = z.strictObject({ id: z.string().max(60) })
export const reason = z.string().trim().min(2, { error: '请写明理由。' }).max(500).meta({ title: '理由' })
export const enumOf = <Key extends string>(of: Readonly<Record<Key, string>>) => z.enum(Object.keys(of) as [Key, ...Key[]])

/** A name that the device made, so that what it sends twice is kept once. */
export const clientId = z
  .string()
  .regex(/^[0-9a-f]{32}$/, { error: '须是 32 位十六进制。' })
  .meta({ title: '设备编号' })

/** A moment as a device told it. */
export const momentGiven = z.iso.datetime({ offset: true, error: '请写成带时区的时间，如 2026-11-23T09:30:00+08:00。' })
