import Diagnostics
import Gateway
import Testing

/// What `sluss.yaml` may say, and what is told when it says something else.
struct ConfigurationTests {
  private func faults(_ text: String) -> [String] {
    do throws(DiagnosticError) {
      _ = try GatewayConfiguration(text: text, named: "sluss.yaml")
      return []
    } catch {
      return error.diagnostics.map { "\($0.code.rawValue) \($0.place.line):\($0.place.column)" }
    }
  }

  @Test("Everything that can be said is understood")
  func everything() throws {
    let configuration = try GatewayConfiguration(
      text: """
        address: 127.0.0.1
        port: 9090
        data: /var/lib/sluss
        mappings: M
        largest-message: 1000
        targets:
          journal:
            http:
              url: https://journal.example/in
              method: PUT
              headers: {SOAPAction: '"urn:x"'}
              token: env JOURNAL_TOKEN
              certificate: c.pem
              key: k.pem
              trust: t.pem
            at-once: 8
          lab: {mllp: {host: lab.example, port: 2575}}
          archive: {directory: out}
        """, named: "sluss.yaml")
    #expect(configuration.address == "127.0.0.1")
    #expect(configuration.port == 9090)
    #expect(configuration.dataFolder == "/var/lib/sluss")
    #expect(configuration.mappingsFolder == "M")
    #expect(configuration.maximumBodyBytes == 1000)
    #expect(configuration.targets["journal"]?.atOnce == 8)
    #expect(
      configuration.targets["lab"] == TargetConfiguration(.mllp(host: "lab.example", port: 2575), atOnce: 1))
    #expect(configuration.targets["archive"] == TargetConfiguration(.directory("out"), atOnce: 1))
    guard case .http(let target)? = configuration.targets["journal"]?.way else {
      Issue.record("journal is an HTTP target")
      return
    }
    #expect(target.url == "https://journal.example/in" && target.method == "PUT")
    #expect(target.headers == [.init(name: "SOAPAction", value: "\"urn:x\"")])
    #expect(target.token == .environment("JOURNAL_TOKEN"))
    #expect([target.certificate, target.key, target.trust] == ["c.pem", "k.pem", "t.pem"])
  }

  @Test("An empty folder of targets and nothing at all are the standard")
  func least() throws {
    let configuration = try GatewayConfiguration(text: "port: 8080\ntargets:\n", named: "sluss.yaml")
    #expect(
      configuration.port == 8080 && configuration.targets.isEmpty && configuration.address == "127.0.0.1")
  }

  @Test(
    "What is wrong is told with its place",
    arguments: [
      ("port: 70000\n", "SL0406 1:7"),
      ("prt: 1\n", "SL0404 1:1"),
      ("targets: {a: {}}\n", "SL0406 1:14"),
      ("targets: {a: {directory: x, mllp: {host: h, port: 1}}}\n", "SL0406 1:14"),
      ("targets: {a: {mllp: {host: h}}}\n", "SL0405 1:21"),
      ("targets:\n  a: {http: {url: ftp://x}}\n", "SL0406 2:19"),
      ("targets:\n  a: {http: {url: https://user:word@x}}\n", "SL0406 2:19"),
      ("targets:\n  a: {http: {url: https://x, token: abc}}\n", "SL0406 2:37"),
      ("targets:\n  a: {directory: x, at-once: 0}\n", "SL0406 2:30"),
    ])
  func wrong(_ text: String, _ expected: String) {
    #expect(faults(text).contains(expected), "found \(faults(text))")
  }

  @Test("A secret that stands there by mistake is not shown")
  func secrets() {
    do throws(DiagnosticError) {
      _ = try GatewayConfiguration(text: "targets: {a: {http: {url: https://x, token: s3cr3t}}}", named: "f")
      Issue.record("it was taken")
    } catch {
      #expect(!error.diagnostics.contains { TerminalRenderer().render($0).contains("s3cr3t") })
    }
  }
}
