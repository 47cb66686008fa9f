// Kills by surprise, from a process of its own: node killer.mjs <milliseconds> <pid> [process group]
const [milliseconds, pid, group] = process.argv.slice(2).map(Number)
setTimeout(() => {
  for (const target of [pid, group ? -group : undefined]) {
    if (!target) continue
    try {
      process.kill(target, 'SIGKILL')
    } catch {
      // It is gone already, which is what was wanted.
    }
  }
}, milliseconds)
