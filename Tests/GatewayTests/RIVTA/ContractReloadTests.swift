import Foundation
import Gateway
import TestRig
import Testing

/// `rivta.yaml` is loaded with the mappings, and told about when it names what is not there.
struct ContractReloadTests {
  private static let contract = """
    contracts:
      GetThing/1:
        domain: urn:riv:things
        query:
          request: a/visit
          answer: b/nothing
          resources: [Encounter]
          records: thing
          record: {id: a, source: b, care-unit: c, care-giver: d}

    """

  private func ping(_ gateway: RunningGateway) throws -> String {
    let body = """
      <s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Header><LogicalAddress \
      xmlns="urn:riv:itintegration:registry:1">SE-ALL</LogicalAddress></s:Header><s:Body><PingForConfiguration \
      xmlns="urn:riv:itintegration:monitoring:PingForConfigurationResponder:1"/></s:Body></s:Envelope>
      """
    return try gateway.post(Array(body.utf8), to: "/rivta/x", ["-H", "Content-Type: text/xml"]).text
  }

  @Test("A contract that is added is answered, and one that can't be read leaves those before")
  func reload() throws {
    let mappings = try EditableMappings()
    defer { mappings.remove() }
    let gateway = try RunningGateway(mappings: mappings.path) {
      var rules = RIVTARules()
      rules.addresses["SE-ALL"] = RIVTAAddress("SE-ALL", isOfAll: true)
      $0.rivta = rules
    }
    defer {
      gateway.stop()
      gateway.remove()
    }
    #expect(try ping(gateway).contains("PingForConfiguration/1"))
    #expect(try !ping(gateway).contains("GetThing/1"))
    try mappings.write(Self.contract, to: "rivta.yaml")
    #expect(try eventually { try ping(gateway).contains("GetThing/1") })
    try mappings.write("contracts: {GetThing: {}}", to: "rivta.yaml")
    let refused = try gateway.mappings { $0.refused != nil }.refused ?? []
    #expect(refused.contains { ($0["file"] as? String)?.hasSuffix("rivta.yaml") == true }, "\(refused)")
    #expect(try ping(gateway).contains("GetThing/1"))
  }

  @Test("sluss check tells of a mapping that a contract names and the folder has not")
  func check() throws {
    let mappings = try EditableMappings()
    defer { mappings.remove() }
    try mappings.write(Self.contract, to: "rivta.yaml")
    let outcome = try SlussProcess.run(["check", mappings.path])
    #expect(outcome.status == 1)
    let text = outcome.output + outcome.errors
    #expect(text.contains("b/nothing") && text.contains("rivta.yaml:6"), Comment(rawValue: text))
    let folder = NSTemporaryDirectory() + "sluss-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let yaml = """
      systems: {npo: {tokens: []}}
      port: 0
      data: \(folder)/data
      mappings: \(mappings.path)
      engagement-index: {find-content: {url: "https://index.example/", soap: {action: urn:x, logical-address: SE-I}}, sources: SE-S}
      fhir: {consumers: {nobody: {}}}
      targets: {engagement-index: {directory: \(folder)}}

      """.replacing("systems: {npo: {tokens: []}}", with: "systems: anybody")
    try yaml.write(toFile: folder + "/sluss.yaml", atomically: true, encoding: .utf8)
    let told = try SlussProcess.run(["config", "check", folder + "/sluss.yaml"])
    #expect(told.status == 0, Comment(rawValue: told.errors))
    for line in [
      "there is no mapping b/nothing", "there is no mapping engagement-index/update",
      "no route takes engagement-index/update anywhere", "fhir: nobody may ask",
    ] { #expect(told.errors.contains(line), Comment(rawValue: told.errors)) }
  }

  @Test(
    "What is wrong with the sections is told where it stands",
    arguments: [
      ("engagement-index: {reconcile-at: 25:00}", "SL0406 2:34"),
      ("engagement-index: {reconcile-at: '03:30', time-zone: Europe/Atlantis}", "SL0406 2:34"),
      ("engagement-index: {most: 1001}", "SL0406 2:26"),
      ("engagement-index: {find-content: {url: 'https://i.example/'}, sources: S}", "SL0406 2:34"),
      ("fhir: {consumers: {a: {own-checks: all}}}", "SL0406 2:36"),
      ("rivta: {at-once: 0}", "SL0406 2:18"),
    ])
  func faults(_ text: String, _ fault: String) {
    #expect(ConfigurationFault.first(text) == fault)
  }
}
