import Foundation

/// Content keys in a folder beside a SQLite file, each a file of its own in the folder of its day:
/// `2026-11-22/visiba%2Fvisit`.
///
/// A copy of the database has none of them. A destroyed key is overwritten before its file goes.
struct ContentKeyFolder: ContentKeyPlace {
  private static let secondsOfDay: Double = 86_400
  private let path: String

  /// - Parameter store: the SQLite file.
  init(besides store: String) {
    path = store + ".keys"
  }

  /// Goes with its store where that goes.
  func move(besides store: String) throws(StoreError) {
    let new = ContentKeyFolder(besides: store)
    guard rename(path, new.path) == 0 || errno == ENOENT else { throw DurableFile.problem(path) }
  }

  func wrapped(_ name: ContentKeyName) throws(StoreError) -> [UInt8]? {
    let file = file(name)
    do {
      return Array(try Data(contentsOf: URL(filePath: file)))
    } catch CocoaError.fileReadNoSuchFile {
      return nil
    } catch {
      throw .cannotOpen(path: file, reason: "the content key can't be read")
    }
  }

  func keep(_ wrapped: [UInt8], as name: ContentKeyName) throws(StoreError) -> [UInt8] {
    let (folder, file) = (folder(name.day), file(name))
    let part = file + ".part"
    do {
      try FileManager.default.createDirectory(
        atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    } catch {
      throw .cannotOpen(path: folder, reason: "the folder can't be made")
    }
    unlink(part)
    let new = try DurableFile(making: part)
    try new.write(wrapped)
    try new.sync()
    guard rename(part, file) == 0 else { throw DurableFile.problem(file) }
    for made in [file, folder, path] { try DurableFile(folderOf: made).sync() }
    return wrapped
  }

  func names(before day: Int64) throws(StoreError) -> [ContentKeyName] {
    Self.entries(path).flatMap { folder in Self.day(folder).map { $0 < day ? names(of: $0) : [] } ?? [] }
  }

  func last() throws(StoreError) -> ContentKeyName? {
    Self.entries(path).reversed().lazy.compactMap(Self.day).compactMap { names(of: $0).last }.first
  }

  private func names(of day: Int64) -> [ContentKeyName] {
    Self.entries(folder(day)).filter { !$0.hasSuffix(".part") }.compactMap { file in
      file.removingPercentEncoding.map { ContentKeyName(mapping: $0, day: day) }
    }
  }

  func destroy(_ name: ContentKeyName) throws(StoreError) {
    let file = file(name)
    if let old = try? DurableFile(changing: file) {
      try old.write([UInt8](repeating: 0, count: old.size()))
      try old.sync()
    }
    guard unlink(file) == 0 || errno == ENOENT else { throw DurableFile.problem(file) }
    // The day's folder stays while other keys are in it.
    if rmdir(folder(name.day)) != 0 { try? DurableFile(folderOf: file).sync() }
    try DurableFile(folderOf: folder(name.day)).sync()
  }

  // MARK: names

  private func folder(_ day: Int64) -> String { "\(path)/\(Self.text(day))" }

  private func file(_ name: ContentKeyName) -> String {
    let mapping = name.mapping.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? name.mapping
    return "\(folder(name.day))/\(mapping)"
  }

  private static func entries(_ folder: String) -> [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
  }

  private static let form = Date.ISO8601FormatStyle(timeZone: .gmt).year().month().day()

  private static func text(_ day: Int64) -> String {
    Date(timeIntervalSince1970: Double(day) * secondsOfDay).formatted(form)
  }

  private static func day(_ text: String) -> Int64? {
    (try? form.parse(text)).map { Int64(($0.timeIntervalSince1970 / secondsOfDay).rounded()) }
  }
}
