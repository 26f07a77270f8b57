import Foundation

/// The files of an audit log that lie away from the store: `master.key`, `signing.key`, `checkpoint` (the second
/// place), and in `witnesses` a folder for each with `signing.key` and `checkpoint`.
public struct AuditFolder: Sendable {
  /// The folder.
  public let path: String

  /// The files in a folder.
  public init(_ path: String) {
    self.path = path
  }

  /// Makes new keys. Throws ``AuditError/file(path:reason:)``, also where keys are already.
  ///
  /// - Parameters:
  ///   - origin: the log's name, as `gw.region.se/audit`.
  ///   - token: the URL of the key in a PKCS #11 token that wraps the master key; nil for none.
  public func create(origin: String, token: String? = nil) throws(AuditError) {
    do {
      try FileManager.default.createDirectory(
        atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    } catch {
      throw .file(path: path, reason: "the folder cannot be made")
    }
    try KeyFile.create(path + "/master.key", token: token)
    try SigningKeys.create(path + "/signing.key", name: origin, kind: .ed25519)
  }

  /// Makes a witness with a key of its own.
  public func createWitness(_ name: String, folder: String) throws(AuditError) {
    let place = path + "/witnesses/" + folder
    do {
      try FileManager.default.createDirectory(
        atPath: place, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    } catch {
      throw .file(path: place, reason: "the folder cannot be made")
    }
    try SigningKeys.create(place + "/signing.key", name: name, kind: .cosignature)
  }

  /// The master keys.
  public func masterKeys() throws(AuditError) -> KeyFile { try KeyFile(path + "/master.key") }

  /// The keys of checkpoints.
  public func signingKeys() throws(AuditError) -> SigningKeys { try SigningKeys(path + "/signing.key") }

  /// The second place of the last checkpoint.
  public var place: CheckpointPlace { CheckpointPlace(path + "/checkpoint") }

  /// The witnesses, by the names of their folders.
  public func witnesses(of log: [NoteKey]) throws(AuditError) -> [DirectoryWitness] {
    var found: [DirectoryWitness] = []
    for folder in witnessFolders {
      found.append(DirectoryWitness(folder: folder, keys: try SigningKeys(folder + "/signing.key"), log: log))
    }
    return found
  }

  /// What is signed outside the store: the second place and each witness's checkpoint, with the keys for it.
  public func heads() throws(AuditError) -> [OutsideHead] {
    let log = try signingKeys().keys
    var heads = [OutsideHead(place: place, keys: log)]
    for folder in witnessFolders {
      let keys = try SigningKeys(folder + "/signing.key").keys
      heads.append(OutsideHead(place: CheckpointPlace(folder + "/checkpoint"), keys: log + keys))
    }
    return heads
  }

  private var witnessFolders: [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: path + "/witnesses")) ?? []
    return names.sorted().map { path + "/witnesses/" + $0 }
  }
}

/// A checkpoint that is kept outside the store.
public struct OutsideHead: Sendable {
  /// Where.
  public let place: CheckpointPlace
  /// Whose signatures may be below it.
  public let keys: [NoteKey]

  /// A head in a place.
  public init(place: CheckpointPlace, keys: [NoteKey]) {
    self.place = place
    self.keys = keys
  }
}
