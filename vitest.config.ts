import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

const databaseSetup = 'src/kernel/testing/database.setup.ts'

export default defineConfig({
  test: {
    // Left alone, two cores would be given one worker, and the other core would wait.
    maxWorkers: availableParallelism(),
    projects: [
      {
        test: {
          name: 'unit',
          include: ['src/**/*.test.ts'],
          exclude: ['src/**/*.db.test.ts'],
          environment: 'node',
          // A busy machine is slow, not wrong.
          testTimeout: 30_000,
        },
      },
      {
        test: {
          name: 'db',
          include: ['src/**/*.db.test.ts'],
          environment: 'node',
          testTimeout: 120_000,
          hookTimeout: 180_000,
          globalSetup: [databaseSetup],
        },
      },
      {
        test: {
          name: 'durability',
          include: ['tests/durability/**/*.durability.test.ts'],
          environment: 'node',
          fileParallelism: false,
        },
      },
    ],
  },
})
