//! Ctrl-C: says that nothing was lost, then ends as any interrupted program does.

/// From now on an interrupt is answered with a line on stderr before the process ends by it.
///
/// Nothing needs to be undone: a vessel is replaced in one step at the very end, and what lies half-made beside it is
/// swept away by the next run. Workers and compilers see their pipes close or get the signal themselves.
pub fn announce_interrupts() {
    #[cfg(unix)]
    // SAFETY: the handler only calls functions that POSIX lists as safe in signal handlers.
    unsafe {
        libc::signal(libc::SIGINT, on_interrupt as *const () as libc::sighandler_t);
    }
}

#[cfg(unix)]
extern "C" fn on_interrupt(signal: libc::c_int) {
    const WORDS: &[u8] = b"\ninterrupted; the last good vessel is as it was\n";
    // SAFETY: write, signal and raise are safe in signal handlers; the buffer is static.
    unsafe {
        libc::write(2, WORDS.as_ptr().cast(), WORDS.len());
        libc::signal(signal, libc::SIG_DFL);
        libc::raise(signal);
    }
}
