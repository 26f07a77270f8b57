import Cryptography
import Foundation
import Formats
import HTTP
import MLLP
import Store
import Synchronization
import TestRig

@testable import Gateway

/// The gateway's doors with everything behind them but translation, by the text of a `sluss.yaml`.
final class RunningEntrance: Sendable {
  struct Answer {
    let status: Int
    let text: String
    var json: [String: Any] {
      (try? JSONSerialization.jsonObject(with: Data(text.utf8))) as? [String: Any] ?? [:]
    }
  }

  let entrance: Entrance
  let store: SQLiteMessageStore
  let certificates: TestCertificates?
  private let data: String
  private let told: Told

  final class Told: MessageFollower {
    private let reports = Mutex<[EntranceReport]>([])
    private let messages = Mutex<[String]>([])

    func add(_ report: EntranceReport) { reports.withLock { $0.append(report) } }
    func announce(_ message: NewMessage) {}
    func settle(_ message: NewMessage, isStored: Bool) {
      if isStored { messages.withLock { $0.append(message.id) } }
    }
    var allReports: [EntranceReport] { reports.withLock { $0 } }
    var allMessages: [String] { messages.withLock { $0 } }
  }

  /// - Parameters:
  ///   - yaml: the configuration; `DIR` stands for the certificates' folder.
  ///   - certificates: for `tls`; the port is always a free one.
  init(_ yaml: String, certificates: TestCertificates? = nil) throws {
    self.certificates = certificates
    let text = yaml.replacing("DIR", with: certificates?.path("") ?? "")
    var configuration = try GatewayConfiguration(text: text, named: "sluss.yaml")
    configuration.port = 0
    (configuration.lookEvery, configuration.stillFor) = (.milliseconds(20), .milliseconds(60))
    configuration.maximumBodyBytes = 1 << 20
    data = NSTemporaryDirectory() + "sluss-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: data, withIntermediateDirectories: true)
    store = try SQLiteMessageStore(path: data + "/sluss.sqlite")
    let told = Told()
    self.told = told
    let current = try Self.mappings.get()
    let intake = Intake(current: current, store: store, figures: Figures())
    store.follow(told)
    let doorkeeper = Doorkeeper(configuration.access, tell: { told.add(.refused($0)) })
    let translation = MessageTranslation(current, store, Pseudonyms(key: [1]), nil)
    let outbox = try Outbox([:], store, current) { _ in }
    let router = Router(intake, translation, store, outbox, doorkeeper)
    entrance = try Entrance(configuration, doorkeeper, intake, tell: { told.add($0) }) {
      router.handle($0, $1)
    }
  }

  /// The repository's, read once.
  private static let mappings = Result {
    try MappingReload(RepositoryFolder.path + "/Mappings", limits: ReadingLimits(bytes: 1 << 20)) { _ in }
      .current
  }

  deinit {
    entrance.stop()
    store.close()
    try? FileManager.default.removeItem(atPath: data)
  }

  /// The ids of the messages that were accepted and handed on.
  var accepted: [String] { told.allMessages }

  var reports: [EntranceReport] { told.allReports }

  /// Whether such a report comes.
  func tells(_ isWished: (EntranceReport) -> Bool) -> Bool {
    eventually { reports.contains(where: isWished) }
  }

  var stored: Int { (try? store.counts().values.reduce(0, +)) ?? -1 }

  /// - Parameter client: the client certificate, by its name.
  func curl(_ path: String, token: String? = nil, client: String? = nil, _ options: String...) throws
    -> Answer
  {
    var arguments = ["-sS", "--max-time", "300", "-w", "\n%{http_code}"] + options
    if let token { arguments += ["-H", "Authorization: Bearer \(token)"] }
    if let certificates { arguments += ["--cacert", certificates.path("authority.pem")] }
    if let certificates, let client {
      arguments += ["--cert", certificates.path("\(client).pem"), "--key", certificates.path("client.key")]
    }
    let scheme = certificates == nil ? "http" : "https"
    let told = try Self.run("/usr/bin/curl", arguments + ["\(scheme)://localhost:\(entrance.port)\(path)"])
    let lines = told.split(separator: "\n", omittingEmptySubsequences: false)
    return Answer(status: Int(lines.last ?? "") ?? 0, text: lines.dropLast().joined(separator: "\n"))
  }

  static func run(_ program: String, _ arguments: [String]) throws -> String {
    try Program.run(program, arguments).output
  }
}
