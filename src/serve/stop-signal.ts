/** Resolves with the first signal to stop; a second one ends the process at once. SIGHUP reloads the rules. */
export function untilStopSignal(reload: () => Promise<unknown>): Promise<NodeJS.Signals> {
  return new Promise(resolve => {
    const onHangUp = () => void reload()
    const onStop = (signal: NodeJS.Signals) => {
      // Without our listener, the next signal has its default effect.
      process.off('SIGTERM', onStop).off('SIGINT', onStop)
      resolve(signal)
    }
    process.on('SIGHUP', onHangUp).on('SIGTERM', onStop).on('SIGINT', onStop)
  })
}
