import RegistryFormats
import RegistryStorage
import Glibc

/// A register file that is not there yet.
///
/// Kept here:
/// 1. It is made under a temporary name in the same folder. Whatever happens, no file of that name is left.
/// 2. It gets its own name when it is whole and on the disk.
/// 3. It never replaces anything but a file, and a register only if it is itself a copy of one.
/// 4. It never gets its name beside the log of another register. SQLite would apply that log to the new register, and
///    damage it.
struct NewRegister {
  let path: String
  var onCollision = Files.Collision.refuse

  /// - Parameter make: makes the file at the path that it is given, and closes it.
  func place(_ make: (_ temporaryPath: String) throws -> Void) throws(Failure) {
    try refuseLog()
    let temporary = "\(path).\(String(UInt64.random(in: .min ... .max), radix: 16)).tmp"
    defer { for suffix in ["", "-journal", "-wal", "-shm"] { unlink(temporary + suffix) } }
    do {
      try make(temporary)
    } catch let error as FileError {
      throw Failure("\(error); nothing was changed".replacing(temporary, with: path))
    } catch {
      let message = "\(error)".replacing(temporary, with: path)
      throw Failure(message.hasPrefix(path) ? message : "\(path): \(message)")
    }
    try refuseLog()
    do { try Files.place(temporary, at: path, onCollision: onCollision) } catch {
      throw Failure("\(error); nothing was changed")
    }
  }

  private func refuseLog() throws(Failure) {
    for log in ["\(path)-wal", "\(path)-journal"] where Files.exists(log) {
      throw Failure(
        "\(log): this log belongs to a register that is or was at \(path), and would damage a new one: "
          + "take another name, or move the log away; nothing was changed")
    }
  }
}

extension NewRegister {
  /// What a file may replace, if it is told to replace what is there.
  enum Replaceable {
    case anyFile
    /// A file that is no register: what is made is for readers, and a register would be lost.
    case noRegister
  }

  /// A file that is made of the register at `source`, which it never replaces.
  init(path: String, from source: String, replacing: Bool, _ replaceable: Replaceable) throws(Failure) {
    guard !Files.areSame(path, source) else {
      throw Failure("\(path): this is the register itself; nothing was changed")
    }
    guard !Files.isTakenByOther(path) else {
      throw Failure("\(path): this is not a file but a folder, a device or a pipe: name a file; nothing was changed")
    }
    guard replacing || !Files.exists(path) else {
      throw Failure("\(path): this file exists already (--force replaces it); nothing was changed")
    }
    if replaceable == .noRegister, Files.exists(path), Registry.mayBeRegister(path) {
      throw Failure("\(path): this is a register, and would be lost: name another file; nothing was changed")
    }
    self.init(path: path, onCollision: replacing ? .replace : .refuse)
  }
}
