"""Small file systems that can be filled, broken, frozen and copied. Only root can make them, and not everywhere."""

import subprocess

from .run import Skipped


class Disk:
    """Mounted with its `with` block."""

    def __init__(self, path, options, source):
        self.path = path
        self.options = options
        self.source = str(source)

    def __enter__(self):
        self.path.mkdir(exist_ok=True)
        self.mount()
        return self

    def __exit__(self, *_):
        if self.path.is_mount():
            command("umount", "--lazy", self.path)

    def mount(self):
        try:
            command("mount", *self.options, self.source, self.path)
        except (OSError, subprocess.CalledProcessError) as error:
            raise Skipped(f"a file system cannot be mounted here: {said(error)}") from error

    def unmount(self):
        command("umount", self.path)

    def remount(self, option):
        command("mount", "-o", f"remount,{option}", self.path)

    def restore(self):
        """Mounts it again after a repair, as an administrator would."""
        self.unmount()
        self.mount()


def in_memory(path, mebibytes):
    return Disk(path, ("-t", "tmpfs", "-o", f"size={mebibytes}m"), "tmpfs")


def in_file(path, image):
    """An ext4 in a file, which becomes read-only when it finds an error."""
    return Disk(path, ("-o", "loop,errors=remount-ro"), image)


def format_image(image, mebibytes):
    try:
        with open(image, "xb") as file:
            file.truncate(mebibytes << 20)
        command("mkfs.ext4", "-q", "-F", image)
    except (OSError, subprocess.CalledProcessError) as error:
        raise Skipped(f"an ext4 cannot be made here: {said(error)}") from error
    return image


def device(path):
    return command("findmnt", "--noheadings", "--output", "SOURCE", path).strip()


def command(*words):
    return subprocess.run([str(word) for word in words], capture_output=True, text=True, check=True).stdout


def said(error):
    return (getattr(error, "stderr", None) or str(error)).strip()
