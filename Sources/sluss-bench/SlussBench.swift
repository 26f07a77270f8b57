import Foundation

/// Figures of Sluss itself for `scripts/bench`, which compares them with others'. Run from the repository's
/// root.
@main
enum SlussBench {
  static func main() {
    do {
      try run(Array(CommandLine.arguments.dropFirst()))
    } catch {
      fail("\(String(describing: error).prefix(500))", status: 1)
    }
  }

  private static func run(_ words: [String]) throws {
    switch words.first {
    case "translate": try TranslateBench.run()
    case "small": try SmallBench.run()
    case "hl7v2": try HL7v2Bench.run()
    case "fhirpath" where words.count == 2: try FHIRPathBench.run(cases: words[1])
    case "outbox" where words.count == 2: try OutboxBench.run(in: words[1])
    case "postgresql" where words.count == 3: try PostgreSQLBench.run(in: words[1], words[2])
    case "lanes" where (3...4).contains(words.count):
      try LaneBench.run(
        in: words[1], deliveries: Int(words[2]) ?? 0, words.count == 4 ? words[3] : nil)
    case "billing" where words.count == 4:
      try BillingBench.run(in: words[1], visits: Int(words[2]) ?? 0, records: Int(words[3]) ?? 0)
    case "audit" where (2...4).contains(words.count):
      let searched = words.count > 2 ? Int(words[words.count - 1]) ?? 0 : 1_000_000
      try AuditBench.run(
        in: words[1], verified: words.count == 4 ? Int(words[2]) ?? 0 : min(searched, 1_000_000),
        searched: searched)
    case "neighbour": try Neighbour.run()
    case "npo" where words.count == 4:
      try NPOBench.run(in: words[1], patients: Int(words[2]) ?? 0, seconds: Double(words[3]) ?? 0)
    case "free-times" where words.count == 3:
      try FreeTimesBench.run(in: words[1], units: Int(words[2]) ?? 0)
    case "insert-server" where words.count == 3:
      try InsertServer.run(port: UInt16(words[1]) ?? 0, database: words[2])
    default:
      fail(
        "usage: sluss-bench translate | small | hl7v2 | fhirpath CASES | outbox FOLDER | audit FOLDER [[VERIFIED] SEARCHED] | postgresql FOLDER CONNECTION | lanes FOLDER DELIVERIES [CONNECTION] | billing FOLDER VISITS RECORDS | npo FOLDER PATIENTS SECONDS | free-times FOLDER UNITS | insert-server PORT DATABASE | neighbour",
        status: 2)
    }
  }

  private static func fail(_ text: String, status: Int32) {
    FileHandle.standardError.write(Data("\(text)\n".utf8))
    exit(status)
  }
}
