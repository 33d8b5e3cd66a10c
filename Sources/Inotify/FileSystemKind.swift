// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// The type of the file system under a directory, and what inotify cannot see on it.
package struct FileSystemKind: Sendable, Equatable {
  /// As in /proc/self/mountinfo: "ext4", "nfs4", "fuse.sshfs"; "unknown" where it is not shown.
  package var name: String

  package init(name: String) {
    self.name = name
  }

  /// Looks up the mount that holds an open directory, so that covering mounts cannot mislead.
  ///
  /// statfs(2) is missing from the Glibc module, and its number cannot tell sshfs from NTFS.
  package static func of(directory path: [UInt8]) throws(InotifyError) -> FileSystemKind {
    do {
      let directory = try SystemCalls.openForReading(path)
      return try lookUp(directory.number)
    } catch {
      throw .general("looking up the file system", path, error)
    }
  }

  /// The same for a descriptor that is open; "unknown" where /proc does not tell.
  package static func of(directory descriptor: Int32) -> FileSystemKind {
    (try? lookUp(descriptor)) ?? FileSystemKind(name: "unknown")
  }

  private static func lookUp(_ descriptor: Int32) throws(SystemCalls.Failure) -> FileSystemKind {
    let information = Array("/proc/self/fdinfo/\(descriptor)".utf8)
    let file = try SystemCalls.openForReading(information)
    let identifier = mountIdentifier(try SystemCalls.readToEnd(file))
    let table = try SystemCalls.openForReading(MountTable.path)
    let mount = MountTable.parse(try SystemCalls.readToEnd(table)).first { $0.id == identifier }
    return FileSystemKind(name: mount?.type ?? "unknown")
  }

  /// The number after "mnt_id:" in /proc/PID/fdinfo/FD (proc(5)).
  static func mountIdentifier(_ information: [UInt8]) -> Int? {
    for line in information.split(separator: 0x0A) where line.starts(with: "mnt_id:".utf8) {
      let value = line.dropFirst(7).drop { $0 == 0x09 || $0 == 0x20 }
      return Int(String(decoding: value, as: UTF8.self))
    }
    return nil
  }

  /// Why inotify does not see everything here, as a clause for STATUS and logs; nil when it does.
  package var blindSpot: String? {
    if let network = Self.network[name] {
      return "\(name): changes made by other hosts through \(network) are not reported"
    }
    if isUserSpace {
      return "\(name): changes made behind a FUSE file system are not reported"
    }
    return switch name {
    case "overlay", "aufs":
      "\(name): changes made directly in its layers are not reported"
    case "proc", "sysfs", "cgroup", "cgroup2", "debugfs", "tracefs":
      "\(name): files the kernel makes up are not reported"
    case "unknown":
      "the mount is not in /proc/self/mountinfo"
    default: nil
    }
  }

  /// Whether files change here without this kernel's doing, which then tells neither who has one
  /// open nor, for as long as it keeps what it was told, that it changed: a second with FUSE
  /// (attr_timeout, mount.fuse3(8)), three with NFS (acregmin, nfs(5)).
  package var changesUnseen: Bool { Self.network[name] != nil || isUserSpace }

  /// fuseblk (ntfs-3g, exfat-fuse) sits on a local block device: all changes pass this kernel.
  private var isUserSpace: Bool { name == "fuse" || name.hasPrefix("fuse.") }

  private static let network: [String: String] = [
    "nfs": "NFS", "nfs4": "NFS", "cifs": "SMB", "smb2": "SMB", "smb3": "SMB", "smbfs": "SMB",
    "9p": "9P", "virtiofs": "virtiofs", "ceph": "Ceph", "afs": "AFS", "coda": "Coda",
    "glusterfs": "GlusterFS", "lustre": "Lustre", "gpfs": "GPFS", "beegfs": "BeeGFS",
    "ocfs2": "OCFS2", "gfs2": "GFS2", "orangefs": "OrangeFS", "vboxsf": "a VirtualBox share",
    "vmhgfs": "a VMware share", "prl_fs": "a Parallels share", "acfs": "ACFS",
  ]
}
