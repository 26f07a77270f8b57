import Foundation

/// Throw-away certificates, made by `openssl` in a temporary folder that goes away with them.
final class Certificates: Sendable {
  static let isPossible = FileManager.default.isExecutableFile(atPath: "/usr/bin/openssl")
  private let folder: String

  /// Two authorities that do not know each other, servers of theirs, and clients of theirs.
  init() throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "tls-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    for authority in ["authority", "stranger"] {
      try request(authority, "-addext", "keyUsage=critical,keyCertSign")
      try sign("server", by: authority, names: "DNS:localhost,IP:127.0.0.1")
      try sign("misnamed", by: authority, names: "DNS:other.example")
      try sign("client", by: authority, names: "DNS:client.example")
    }
    try Data("garbage".utf8).write(to: URL(filePath: path("garbage.pem")))
  }

  deinit {
    try? FileManager.default.removeItem(atPath: folder)
  }

  func path(_ name: String) -> String { "\(folder)/\(name)" }

  private func sign(_ name: String, by authority: String, names: String) throws {
    try request(
      "\(name)-of-\(authority)", "-CA", path("\(authority).pem"), "-CAkey", path("\(authority).key"),
      "-addext", "subjectAltName=\(names)", "-addext", "basicConstraints=critical,CA:FALSE")
  }

  private func request(_ name: String, _ arguments: String...) throws {
    let made = try openssl(
      [
        "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
        "-subj", "/CN=\(name)", "-keyout", path("\(name).key"), "-out", path("\(name).pem"),
      ] + arguments)
    made.waitUntilExit()
    guard made.terminationStatus == 0 else { throw POSIXError(.EIO) }
  }
}

/// Starts `openssl` with its output thrown away, or read from the pipe.
func openssl(_ arguments: [String], output: Pipe? = nil) throws -> Process {
  let process = Process()
  process.executableURL = URL(filePath: "/usr/bin/openssl")
  process.arguments = arguments
  process.standardInput = FileHandle.nullDevice
  process.standardError = FileHandle.nullDevice
  process.standardOutput = output ?? FileHandle.nullDevice
  try process.run()
  return process
}

/// An `openssl s_server` that answers each GET with a page about the connection.
final class TLSPeer {
  let port: UInt16
  private let process: Process
  private let output = Pipe()

  /// Serves with the named certificate.
  init(_ certificates: Certificates, _ name: String, _ options: String...) throws {
    let key = ["-cert", certificates.path("\(name).pem"), "-key", certificates.path("\(name).key")]
    process = try openssl(
      ["s_server", "-www", "-4", "-accept", "127.0.0.1:0"] + key + options, output: output)
    var text = ""
    while !text.contains("\n") || !text.contains("ACCEPT") {
      let piece = output.fileHandleForReading.availableData
      guard !piece.isEmpty else { throw POSIXError(.EIO) }
      text += String(decoding: piece, as: UTF8.self)
    }
    let digits = text.split(separator: "ACCEPT").last?.split(separator: ":").last?.prefix { $0.isNumber }
    guard let port = digits.flatMap({ UInt16($0) }) else { throw POSIXError(.EIO) }
    self.port = port
    output.fileHandleForReading.readabilityHandler = { _ = $0.availableData }
  }

  deinit {
    output.fileHandleForReading.readabilityHandler = nil
    // A gentler signal may be blocked, since the process has its mask from the thread that started it.
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
  }
}
