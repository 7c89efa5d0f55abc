//! What a worker may do to the machine: read, compute, and write in its own folder.
//!
//! User code is called with arguments nobody meant for it. On Linux its worker may write, rename and remove files
//! only below its folder (Landlock, kernel 5.13), start no process, reach no network and trace no one (a seccomp
//! filter), and signal no process but itself (Landlock, kernel 6.12). What the kernel does not offer is left out;
//! limits on time, memory and the size of files hold everywhere. See landlock(7) and seccomp(2).

use std::io;
use std::path::Path;
use std::process::Command;

/// Who may write where.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Confinement {
    /// As described above.
    Full,
    /// Files as described above; processes and network as the user has them.
    Files,
    /// Nothing is held back.
    None,
}

/// Confines the process that the command will start; below `folders` it may write.
///
/// # Errors
/// A folder cannot be opened.
pub fn confine(command: &mut Command, folders: &[&Path], confinement: Confinement) -> io::Result<()> {
    match confinement {
        Confinement::None => Ok(()),
        _ => imp::confine(command, folders, confinement == Confinement::Full),
    }
}

/// What this kernel offers, in words.
pub fn offered() -> String {
    imp::offered()
}

#[cfg(target_os = "linux")]
mod imp {
    use std::fs::File;
    use std::io;
    use std::os::fd::{AsRawFd, FromRawFd, OwnedFd};
    use std::os::unix::fs::OpenOptionsExt;
    use std::os::unix::process::CommandExt;
    use std::path::Path;
    use std::process::Command;

    use libc::{c_int, c_long, sock_filter};

    // linux/landlock.h
    const CREATE_RULESET: c_long = 444;
    const ADD_RULE: c_long = 445;
    const RESTRICT_SELF: c_long = 446;
    const VERSION_FLAG: u32 = 1;
    const RULE_PATH_BENEATH: c_int = 1;
    const WRITE_FILE: u64 = 1 << 1;
    /// Removing and making of files and folders of all kinds.
    const CHANGE_FOLDERS: u64 = 0b1_1111_1111 << 4;
    /// From the second version on.
    const REFER: u64 = 1 << 13;
    /// From the third version on.
    const TRUNCATE: u64 = 1 << 14;
    /// From the sixth version on.
    const SCOPE_SIGNAL: u64 = 1 << 1;

    #[repr(C)]
    struct Ruleset {
        files: u64,
        network: u64,
        scoped: u64,
    }

    #[repr(C, packed)]
    struct PathBeneath {
        allowed: u64,
        folder: i32,
    }

    pub fn offered() -> String {
        match version() {
            0 => "no Landlock in this kernel: files outside the working folder are not protected".to_string(),
            version => format!("Landlock {version} and seccomp"),
        }
    }

    fn version() -> i64 {
        let nothing = std::ptr::null::<Ruleset>();
        // SAFETY: with the version flag the call takes no attributes.
        let version = unsafe { libc::syscall(CREATE_RULESET, nothing, 0usize, VERSION_FLAG) };
        version.max(0)
    }

    pub fn confine(command: &mut Command, folders: &[&Path], full: bool) -> io::Result<()> {
        let rules = ruleset(folders)?;
        let filter = full.then(filter);
        let restrict = move || {
            // SAFETY: plain system calls on values that outlive them; nothing is allocated between fork and exec.
            unsafe {
                if libc::prctl(libc::PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 {
                    return Err(io::Error::last_os_error());
                }
                if let Some(rules) = &rules
                    && libc::syscall(RESTRICT_SELF, rules.as_raw_fd(), 0) != 0
                {
                    return Err(io::Error::last_os_error());
                }
                if let Some(filter) = &filter {
                    install(filter);
                }
            }
            Ok(())
        };
        // SAFETY: the closure calls nothing that is unsafe between fork and exec.
        unsafe { command.pre_exec(restrict) };
        Ok(())
    }

    /// `None` where the kernel has no Landlock.
    fn ruleset(folders: &[&Path]) -> io::Result<Option<OwnedFd>> {
        let version = version();
        if version == 0 {
            return Ok(None);
        }
        let mut files = WRITE_FILE | CHANGE_FOLDERS;
        files |= if version >= 2 { REFER } else { 0 };
        files |= if version >= 3 { TRUNCATE } else { 0 };
        let attributes = Ruleset {
            files,
            network: 0,
            scoped: if version >= 6 { SCOPE_SIGNAL } else { 0 },
        };
        // Older kernels know the first fields only, and refuse a longer structure only where the rest is not zero.
        // SAFETY: the structure lives through the call, and its size is given.
        let made = unsafe { libc::syscall(CREATE_RULESET, &raw const attributes, size_of::<Ruleset>(), 0u32) };
        if made < 0 {
            return Err(io::Error::last_os_error());
        }
        // SAFETY: the call gave us this descriptor, and nobody else has it.
        let rules = unsafe { OwnedFd::from_raw_fd(made as i32) };
        for folder in folders {
            allow(&rules, folder, files)?;
        }
        allow(&rules, Path::new("/dev/null"), files & (WRITE_FILE | TRUNCATE))?;
        Ok(Some(rules))
    }

    fn allow(rules: &OwnedFd, path: &Path, allowed: u64) -> io::Result<()> {
        let opened = File::options().read(true).custom_flags(libc::O_PATH).open(path)?;
        let rule = PathBeneath {
            allowed,
            folder: opened.as_raw_fd(),
        };
        // SAFETY: the structure and the descriptor in it live through the call.
        let added = unsafe { libc::syscall(ADD_RULE, rules.as_raw_fd(), RULE_PATH_BENEATH, &raw const rule, 0u32) };
        if added == 0 {
            Ok(())
        } else {
            Err(io::Error::last_os_error())
        }
    }

    // ---- the filter of system calls ----

    // linux/seccomp.h, linux/audit.h, linux/bpf_common.h
    const ALLOW: u32 = 0x7fff_0000;
    const ERRNO: u32 = 0x0005_0000;
    const LOAD: u16 = 0x20;
    const EQUAL: u16 = 0x15;
    const ANY_BIT: u16 = 0x45;
    const RETURN: u16 = 0x06;
    const NUMBER: u32 = 0;
    const ARCHITECTURE: u32 = 4;
    const FIRST_ARGUMENT: u32 = 16;
    #[cfg(target_arch = "x86_64")]
    const OWN: u32 = 0xc000_003e;
    #[cfg(target_arch = "aarch64")]
    const OWN: u32 = 0xc000_00b7;
    /// Of another architecture nothing is known, and nothing is filtered.
    #[cfg(not(any(target_arch = "x86_64", target_arch = "aarch64")))]
    const OWN: u32 = 0;

    const fn step(code: u16, k: u32, jt: u8, jf: u8) -> sock_filter {
        sock_filter { code, jt, jf, k }
    }

    const fn refuse(error: c_int) -> sock_filter {
        step(RETURN, ERRNO | error as u32, 0, 0)
    }

    /// If the call has this number it fails with this error.
    fn never(number: c_long, error: c_int) -> [sock_filter; 2] {
        [step(EQUAL, number as u32, 0, 1), refuse(error)]
    }

    fn filter() -> Vec<sock_filter> {
        let mut filter = vec![
            step(LOAD, ARCHITECTURE, 0, 0),
            step(EQUAL, OWN, 1, 0),
            step(RETURN, ALLOW, 0, 0),
            step(LOAD, NUMBER, 0, 0),
        ];
        #[cfg(target_arch = "x86_64")]
        for number in [libc::SYS_fork, libc::SYS_vfork] {
            filter.extend(never(number, libc::EAGAIN));
        }
        // Its flags stand in memory, where a filter cannot look: the C library then uses `clone`.
        filter.extend(never(libc::SYS_clone3, libc::ENOSYS));
        for number in [libc::SYS_io_uring_setup, libc::SYS_ptrace, libc::SYS_process_vm_writev] {
            filter.extend(never(number, libc::EPERM));
        }
        filter.extend([
            // A thread is no process.
            step(EQUAL, libc::SYS_clone as u32, 0, 4),
            step(LOAD, FIRST_ARGUMENT, 0, 0),
            step(ANY_BIT, libc::CLONE_THREAD as u32, 0, 1),
            step(RETURN, ALLOW, 0, 0),
            refuse(libc::EAGAIN),
            step(EQUAL, libc::SYS_socket as u32, 0, 4),
            step(LOAD, FIRST_ARGUMENT, 0, 0),
            step(EQUAL, libc::AF_INET as u32, 1, 0),
            step(EQUAL, libc::AF_INET6 as u32, 0, 1),
            refuse(libc::EACCES),
            step(RETURN, ALLOW, 0, 0),
        ]);
        filter
    }

    /// A kernel without filters goes without.
    ///
    /// # Safety
    /// To be called with `PR_SET_NO_NEW_PRIVS` set.
    unsafe fn install(filter: &[sock_filter]) {
        let program = libc::sock_fprog {
            len: filter.len() as u16,
            filter: filter.as_ptr().cast_mut(),
        };
        // SAFETY: the program lives through the call, which copies it.
        unsafe { libc::prctl(libc::PR_SET_SECCOMP, libc::SECCOMP_MODE_FILTER, &raw const program) };
    }
}

#[cfg(not(target_os = "linux"))]
mod imp {
    use std::io;
    use std::path::Path;
    use std::process::Command;

    pub fn confine(_: &mut Command, _: &[&Path], _: bool) -> io::Result<()> {
        Ok(())
    }

    pub fn offered() -> String {
        "none on this system: workers have limits on time, memory and the size of files only".to_string()
    }
}
