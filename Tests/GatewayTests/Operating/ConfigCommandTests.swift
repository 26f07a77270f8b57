import Cryptography
import Diagnostics
import Foundation
import Gateway
import TestRig
import Testing

/// `sluss config`, and the sections of `sluss.yaml` about operation.
@Suite("sluss config", .timeLimit(.minutes(60)))
struct ConfigCommandTests {
  private func read(_ text: String) -> (configuration: GatewayConfiguration?, faults: [String]) {
    do throws(DiagnosticError) {
      return (try GatewayConfiguration(text: "systems: anybody\n" + text, named: "sluss.yaml"), [])
    } catch {
      return (nil, error.diagnostics.map { "\($0.code.rawValue) \($0.place.line):\($0.place.column)" })
    }
  }

  @Test("everything that can be said of alerts and retention is understood")
  func everything() throws {
    let path = RepositoryFolder.path + "/Fixtures/gateway/sluss.yaml"
    let configuration = try GatewayConfiguration(file: path)
    let rules = configuration.alerts.rules
    #expect(rules.count == 6 && configuration.alerts.gateway == "sluss at the video unit")
    let queue = try #require(rules.first { $0.name == "journal-waits" })
    #expect(
      queue.condition
        == .queue(
          target: try #require(MappingPattern("journal")), deeperThan: 500, olderThan: .seconds(900)))
    #expect(queue.lasting == .seconds(120) && queue.receivers == ["duty", "chat"])
    #expect(
      rules.first { $0.name == "refused" }?.condition
        == .failures(.messages(.all), moreThan: 0.1, of: 20, within: .seconds(900)))
    guard case .mail(let mail)? = configuration.alerts.receivers["duty"] else {
      Issue.record("duty is told by e-mail")
      return
    }
    #expect(mail.host == "127.0.0.1" && mail.port == 25 && mail.to == ["duty@region.example"])
    #expect(configuration.retention.versions == .seconds(90 * 86_400))
    #expect(configuration.retention.messages.map(\.time) == [.seconds(90 * 86_400)])
    #expect(configuration.stopWithin == .seconds(60))
    let forever = read("retention: {messages: {a: forever, \"*\": 1 d}}\n").configuration
    #expect(forever?.retention.messages.map(\.time) == [nil, .seconds(86_400)])
    let tls = read(
      "targets: {lab: {mllp: {host: lab, port: 1, trust: t.pem, certificate: c.pem, key: k.pem}}}\n")
    #expect(
      tls.configuration?.targets["lab"]?.way
        == .mllp(
          host: "lab", port: 1, tls: TLSFiles(certificate: "c.pem", key: "k.pem", authorities: "t.pem")))
  }

  @Test(
    "what is wrong with them is told where it stands",
    arguments: [
      ("alerts: {rules: {a: {tell: x}}}", ["SL0406 2:18"]),
      ("alerts: {rules: {a: {dead: {}, store: {}, tell: []}}}", ["SL0406 2:18"]),
      ("alerts: {rules: {a: {dead: {}, tell: nobody}}}", ["SL0406 2:38"]),
      ("alerts: {rules: {a: {dead: {}}}}", ["SL0405 2:21"]),
      ("alerts: {rules: {a: {queue: {target: j}, tell: []}}}", ["SL0406 2:29"]),
      ("alerts: {rules: {a: {failures: {percent: 101, mapping: a}, tell: []}}}", ["SL0406 2:42"]),
      ("alerts: {rules: {a: {failures: {percent: 1}, tell: []}}}", ["SL0406 2:32"]),
      (
        "alerts: {rules: {a: {silence: {mapping: a, longer-than: 1 d, hours: night}, tell: []}}}",
        ["SL0406 2:69"]
      ),
      ("alerts: {rules: {}, receivers: {r: {}}}", ["SL0406 2:36"]),
      ("alerts: {rules: {}, receivers: {r: {webhook: {url: \"ftp://x\"}}}}", ["SL0406 2:52"]),
      (
        "alerts: {rules: {}, receivers: {r: {webhook: {url: \"https://x\", soap: {action: a, logical-address: b}}}}}",
        ["SL0404 2:65"]
      ),
      (
        "alerts: {rules: {}, receivers: {r: {mail: {host: h, from: a@b, to: [c], encryption: none}}}}",
        ["SL0406 2:43", "SL0406 2:69"]
      ),
      (
        "alerts: {rules: {}, receivers: {r: {mail: {host: h, from: a@b, to: c@d, user: u}}}}",
        ["SL0406 2:43"]
      ),
      ("alerts: {rules: {}, look-every: soon}", ["SL0406 2:33"]),
      ("retention: {messages: {a: 14}}", ["SL0406 2:27"]),
      ("retention: {messages: {\"a*b\": 14 d}}", ["SL0406 2:24"]),
      ("retention: {version: 14 d}", ["SL0404 2:13"]),
      ("stop-within: never", ["SL0406 2:14"]),
      ("targets: {l: {mllp: {host: h, port: 1, key: k}}}", ["SL0406 2:21", "SL0406 2:21"]),
    ])
  func wrong(_ text: String, _ faults: [String]) {
    #expect(read(text).faults.sorted() == faults.sorted())
  }

  private func check(_ yaml: String, _ work: (String) throws -> Void = { _ in }) throws
    -> Program
  {
    let folder = NSTemporaryDirectory() + "sluss-config-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try work(folder)
    let mappings = RepositoryFolder.path + "/Fixtures/diagnostics/base"
    let text = "mappings: \(mappings)\n" + yaml.replacing("DIR", with: folder)
    try text.write(toFile: folder + "/sluss.yaml", atomically: true, encoding: .utf8)
    return try SlussProcess.run(["config", "check", folder + "/sluss.yaml"])
  }

  @Test("check is content with what is right")
  func right() throws {
    let outcome = try check("systems: anybody\nport: 0\ndata: DIR/a/b\n")
    #expect(outcome.status == 0 && outcome.errors.isEmpty && outcome.output.contains("all well"))
  }

  @Test("check warns of what names something that is not there, and still ends well")
  func warnings() throws {
    let outcome = try check(
      """
      port: 0
      data: DIR/data
      systems:
        video: {tokens: "sha256:\(String(repeating: "0", count: 64))", push: [a/visit, "visiba/*"], see: "*"}
      mllp: {adt: {port: 0, mapping: journal/adt, messages: {SIU: a/visit}}}
      targets:
        folder: {directory: DIR/missing}
        api: {http: {url: "https://api.example", token: file DIR/token, trust: DIR/trust.pem}}
      alerts:
        receivers: {duty: {mail: {host: h, from: a@b, to: c@d, user: u, password: file DIR/password}}}
        rules:
          one: {dead: {target: lab}, tell: duty}
          two: {silence: {mapping: c/visit, longer-than: 1 h}, tell: duty}
      retention: {messages: {old/visit: 1 d}}
      """)
    #expect(outcome.status == 0 && outcome.output.contains("see the warnings"))
    for words in [
      "warning: the system video has rights for visiba/*, and there is no such mapping",
      "warning: the MLLP entrance adt is for journal/adt, and there is no such mapping",
      "warning: folder: the folder", "warning: api: its token can't be read", "warning: api: ",
      "warning: duty: its password can't be read",
      "warning: the alert one is about lab, and there is no such target",
      "warning: the alert two is about c/visit, and there is no such mapping",
      "warning: retention is for messages of old/visit, and there is no such mapping",
    ] { #expect(outcome.says(words), "\(words)") }
    #expect(!outcome.told.contains("a/visit, and"))
  }

  @Test("check ends with 1 for what would keep the gateway from starting")
  func faults() throws {
    let outcome = try check(
      """
      data: DIR/file/data
      port: 0
      systems: anybody
      tls: {certificate: DIR/none.pem, key: DIR/none.key}
      targets: {lab: {mllp: {host: h, port: 1, trust: DIR/file}}}
      """
    ) { try Data().write(to: URL(fileURLWithPath: $0 + "/file")) }
    #expect(outcome.status == 1)
    #expect(outcome.says("error: data: ") && outcome.errors.contains("is no folder"))
    #expect(outcome.says("error: tls: ") && outcome.says("error: lab: "))
    let gateway = try RunningGateway()
    defer {
      gateway.stop()
      gateway.remove()
    }
    let taken = try check("systems: anybody\nport: \(gateway.port)\ndata: DIR/data\n")
    #expect(taken.status == 1 && taken.says("error: port: 127.0.0.1 port \(gateway.port) is in use"))
  }

  @Test("keys lists every setting, and the article about them is what it writes")
  func keys() throws {
    let list = try SlussProcess.run(["config", "keys"])
    for key in ["targets.NAME.mllp.trust", "alerts.rules.NAME.queue.older-than", "retention.versions"] {
      #expect(list.says(key))
    }
    let path = RepositoryFolder.path + "/Sources/Gateway/Gateway.docc/Settings.md"
    let article = try String(contentsOfFile: path, encoding: .utf8)
    #expect(article == ConfigurationReference.article, "run sluss config keys --article > \(path)")
    #expect(try SlussProcess.run(["config", "keys", "--article"]).output == article)
  }
}
