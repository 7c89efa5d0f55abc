//! What is asked of the operating system that the standard library does not offer: file descriptors out of a program's
//! way, limits, the size of a terminal.

use std::fs::File;
use std::os::fd::FromRawFd;

/// File descriptors from here on are the worker's: a program that opens small numbers must not meet them.
const FAR_AWAY: i32 = 500;

unsafe extern "C" {
    fn fcntl(fd: i32, command: i32, ...) -> i32;
    fn dup2(from: i32, to: i32) -> i32;
    fn open(path: *const core::ffi::c_char, flags: i32, ...) -> i32;
    fn utimensat(folder: i32, path: *const core::ffi::c_char, times: *const [i64; 2], flags: i32) -> i32;
    fn ioctl(fd: i32, request: core::ffi::c_ulong, ...) -> i32;
    fn setrlimit(resource: i32, limit: *const Limit) -> i32;
    fn prctl(option: i32, ...) -> i32;
}

#[repr(C)]
struct Limit {
    soft: u64,
    hard: u64,
}

/// `F_DUPFD_CLOEXEC` of Linux.
const DUPLICATE_ABOVE: i32 = 1030;
const READ_WRITE: i32 = 2;
const GET_FLAGS: i32 = 1;
const FILE_SIZE: i32 = 1;
const CORE_SIZE: i32 = 4;
const ADDRESS_SPACE: i32 = 9;

/// Moves standard input and output away; in their place are streams that hold and keep nothing.
pub fn take_streams() -> (File, File) {
    // SAFETY: plain system calls on descriptors that are open; each new descriptor gets exactly one owner.
    unsafe {
        let requests = fcntl(0, DUPLICATE_ABOVE, FAR_AWAY);
        let answers = fcntl(1, DUPLICATE_ABOVE, FAR_AWAY);
        let null = open(c"/dev/null".as_ptr(), READ_WRITE);
        dup2(null, 0);
        dup2(null, 1);
        (File::from_raw_fd(requests), File::from_raw_fd(answers))
    }
}

/// The descriptor is open.
pub fn is_open(descriptor: i32) -> bool {
    // SAFETY: a question about a descriptor, open or not.
    unsafe { fcntl(descriptor, GET_FLAGS) != -1 }
}

/// A file was read and changed now.
pub fn set_times_to_now(path: &std::ffi::CStr) -> std::io::Result<()> {
    /// `AT_FDCWD` of Linux: names are those of the working directory.
    const HERE: i32 = -100;
    // SAFETY: the text ends in a zero; no times stand for the time of now.
    match unsafe { utimensat(HERE, path.as_ptr(), std::ptr::null(), 0) } {
        0 => Ok(()),
        _ => Err(std::io::Error::last_os_error()),
    }
}

/// The columns and lines of the terminal behind a descriptor.
pub fn window(descriptor: i32) -> std::io::Result<(u16, u16)> {
    /// `TIOCGWINSZ` of Linux.
    const GET_WINDOW: core::ffi::c_ulong = 0x5413;
    let mut size = [0u16; 4];
    // SAFETY: the pointer is to a live value of the four numbers that the call writes.
    match unsafe { ioctl(descriptor, GET_WINDOW, size.as_mut_ptr()) } {
        -1 => Err(std::io::Error::last_os_error()),
        _ => Ok((size[1], size[0])),
    }
}

/// Puts streams that hold and keep nothing in the place of the standard ones, whatever a case did to those.
pub fn still_streams() {
    // SAFETY: plain system calls; descriptors above the standard streams are closed by whoever opened them.
    unsafe {
        let null = open(c"/dev/null".as_ptr(), READ_WRITE);
        for stream in 0..3 {
            if null != stream {
                dup2(null, stream);
            }
        }
        if null > 2 {
            drop(File::from_raw_fd(null));
        }
    }
}

/// Asks for pages of the usual size, whatever the allocator advises: with huge ones a small program holds two megabytes
/// for every few kilobytes of a kind, and waits while the kernel clears them.
pub fn use_small_pages() {
    /// `PR_SET_THP_DISABLE` of Linux.
    const NO_HUGE_PAGES: i32 = 41;
    let (yes, unused) = (1 as core::ffi::c_ulong, 0 as core::ffi::c_ulong);
    // SAFETY: a flag of this process; where it is not known nothing changes.
    unsafe { prctl(NO_HUGE_PAGES, yes, unused, unused, unused) };
}

/// Bounds what a case can take of the machine: memory, the size of files, no core dumps.
pub fn limit(memory: u64) {
    for (resource, most) in [(ADDRESS_SPACE, memory), (FILE_SIZE, 1 << 26), (CORE_SIZE, 0)] {
        let limit = Limit { soft: most, hard: most };
        // SAFETY: the pointer is to a live value of the layout that the call expects; a refusal leaves no limit.
        unsafe { setrlimit(resource, &raw const limit) };
    }
}
