//! Whether results can get anywhere. The standard library opens /dev/null in the place of a standard output that
//! is closed, before `main`, and takes a failed write to one that is open for reading alone for success.

use std::io::stdout;

use nix::fcntl::{FcntlArg, OFlag, fcntl};
use nix::sys::stat::{FileStat, SFlag, fstat, stat};

/// Whether it was closed when the program started. Known on Linux alone.
pub fn was_closed() -> bool {
    #[cfg(target_os = "linux")]
    return at_start::WAS_CLOSED.load(std::sync::atomic::Ordering::Relaxed);
    #[cfg(not(target_os = "linux"))]
    false
}

/// Whether it is open for reading alone.
pub fn is_read_only() -> bool {
    fcntl(stdout(), FcntlArg::F_GETFL)
        .is_ok_and(|flags| OFlag::from_bits_truncate(flags) & OFlag::O_ACCMODE == OFlag::O_RDONLY)
}

/// Whether it is the device of /dev/null, which it also is where it was closed. The file may have another name: an
/// own /dev, as containers have one, is another file system.
pub fn is_null() -> bool {
    let is_device =
        |file: &FileStat| SFlag::from_bits_truncate(file.st_mode) & SFlag::S_IFMT == SFlag::S_IFCHR;
    fstat(stdout()).is_ok_and(|ours| {
        is_device(&ours) && stat("/dev/null").is_ok_and(|null| ours.st_rdev == null.st_rdev)
    })
}

#[cfg(target_os = "linux")]
#[expect(unsafe_code, reason = "what runs before `main` is named to the linker, and asks libc")]
mod at_start {
    use std::sync::atomic::{AtomicBool, Ordering};

    use nix::libc::{F_GETFD, STDOUT_FILENO, fcntl};

    pub static WAS_CLOSED: AtomicBool = AtomicBool::new(false);

    extern "C" fn look() {
        // SAFETY: it changes nothing, and needs nothing of the standard library, which has not started yet.
        let is_closed = unsafe { fcntl(STDOUT_FILENO, F_GETFD) } == -1;
        WAS_CLOSED.store(is_closed, Ordering::Relaxed);
    }

    // SAFETY: the section lists functions of this type, which run before `main`.
    #[used]
    #[unsafe(link_section = ".init_array")]
    static LOOK: extern "C" fn() = look;
}
