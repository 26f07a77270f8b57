import Foundation

/// A directory that somebody else reads, for example the drop folder of a finance system.
///
/// A file appears in it whole or not at all, and stays after a power cut once ``write(_:named:)`` has
/// returned. The directory may be on a network share; the other side must pass over names with a leading dot.
public struct DirectorySink: Sendable {
  /// The longest name in UTF-8 bytes; the temporary name beside it must fit as well.
  public static let maximumNameBytes = 200

  private let directory: String
  private let permissions: mode_t
  private let unique: @Sendable () -> UInt64

  /// A sink for the directory at this path, which must exist when something is written.
  ///
  /// The permissions are the new files' own, before the process's mask; `unique` makes the temporary
  /// names differ.
  public init(
    directory: String, permissions: UInt32 = 0o640,
    unique: @escaping @Sendable () -> UInt64 = { UInt64.random(in: .min ... .max) }
  ) {
    self.directory = directory
    self.permissions = mode_t(permissions)
    self.unique = unique
  }

  /// Writes a file of that name and content. When one with the same content is there already, nothing
  /// changes and no error is thrown; ``DirectorySinkError/differentContent`` when it has another.
  public func write(_ content: [UInt8], named name: String) throws(DirectorySinkError) {
    guard Self.isAllowed(name) else { throw .malformedName }
    let folder = try SinkFile(opening: directory, flags: O_RDONLY | O_DIRECTORY)
    if try isThere(name, content) { return try folder.synchronize() }
    let temporary = ".\(name).\(String(unique(), radix: 16)).part"
    do throws(DirectorySinkError) {
      try fill(temporary, with: content)
      try publish(temporary, as: name, content)
    } catch {
      unlink(path(temporary))
      throw error
    }
    try folder.synchronize()
  }

  private static func isAllowed(_ name: String) -> Bool {
    !name.isEmpty && !name.hasPrefix(".") && name.utf8.count <= maximumNameBytes
      && name.unicodeScalars.allSatisfy { $0 != "/" && $0.properties.generalCategory != .control }
  }

  private func path(_ name: String) -> String { "\(directory)/\(name)" }

  /// Whether the file is there with that content, which is then made to stay.
  private func isThere(_ name: String, _ content: [UInt8]) throws(DirectorySinkError) -> Bool {
    guard access(path(name), F_OK) == 0 else { return false }
    let file = try SinkFile(opening: path(name), flags: O_RDONLY | O_NONBLOCK)
    guard try file.holds(content) else { throw .differentContent }
    try file.synchronize()
    return true
  }

  private func fill(_ name: String, with content: [UInt8]) throws(DirectorySinkError) {
    let flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW
    let file = try SinkFile(opening: path(name), flags: flags, permissions: permissions)
    try file.write(content)
    try file.synchronize()
    try file.close()
  }

  /// Gives the file its name, unless somebody has taken it meanwhile; renaming alone would replace theirs.
  private func publish(_ temporary: String, as name: String, _ content: [UInt8]) throws(DirectorySinkError) {
    let isLinked = link(path(temporary), path(name)) == 0
    switch errno {
    case _ where isLinked: unlink(path(temporary))
    case EEXIST:
      guard try isThere(name, content) else { throw .failed(doing: "naming a file", number: EEXIST) }
      unlink(path(temporary))
    // Some network shares have no links; there the look before has to be enough.
    case EPERM, ENOSYS, ENOTSUP:
      guard rename(path(temporary), path(name)) == 0 else { throw .last(doing: "renaming a file") }
    default: throw .last(doing: "naming a file")
    }
  }
}
