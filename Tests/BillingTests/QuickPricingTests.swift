import Billing
import Foundation
import TestRig
import Testing

/// Prices are the same whichever way they are found.
struct QuickPricingTests {
  /// The repository's rules with conditions of which nothing is remembered and nothing compared by days alone.
  private func slowRules() throws -> BillingRules {
    let text = String(decoding: try RepositoryFolder.bytes("Mappings/billing/rules.yaml"), as: UTF8.self)
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      guard let range = line.range(of: "when: = ") else { return String(line) }
      return "\(line[..<range.upperBound])visit.exists() and (\(line[range.upperBound...]))"
    }
    return try Finance.rules(replacing: ["rules.yaml": lines.joined(separator: "\n")])
  }

  private static func facts(_ chance: inout Seeded) -> Facts {
    func one<Element>(_ of: [Element]) -> Element { of[Int.random(in: 0..<of.count, using: &chance)] }
    var facts = Facts()
    facts.visit = "v\(Int.random(in: 0..<1000, using: &chance))"
    facts.status = one(["finished", "finished", "finished", "cancelled", "entered-in-error", "in-progress"])
    facts.booking = one(["", "", "", "fulfilled", "noshow", "cancelled"])
    facts.form = one(["video", "video", "chat", "phone", "letter", ""])
    let day = one(["2026-10-05", "2024-02-29", "2026-03-01", "2019-06-13", "2016-01-01"])
    facts.begins = one(["\(day)T09:30:00+02:00", day, ""])
    facts.number = one(["191212121212", "191212121213", "1212121212"])
    facts.birthDate = one([
      "1980-01-01", "2006-10-05", "2006-10-06", "2004-02-29", "1941-10-05", "1939-02-28", "1980", "2006-10",
    ])
    (facts.county, facts.municipality) = one([
      ("01", "0180"), ("12", "1280"), ("20", "2080"), ("99", "9901"), ("", ""),
    ])
    facts.isProtected = one([false, false, false, true])
    facts.profession = one(["LK", "PS", "SJ", "", "XX"])
    facts.fee = one(["100.00", "0.00", "500.01", "49.5"])
    facts.isFeePaid = one([true, false])
    facts.exemption = one(["", "", "free-card", "asylum-seeker", "eu-card", "age", "other"])
    facts.hasFreeCard = one([false, false, true])
    facts.patient = one(["", "", "", #","lma":"12345678""#, #","euCard":"8075""#])
    facts.register = one([
      "", "", #","register":{"county":"14","municipality":"1480","isProtected":false}"#,
      #","register":{"county":"14","municipality":"1480","since":"2025-01-01","isProtected":false}"#,
      #","register":{"isProtected":true}"#, #","register":{"isProtected":false,"hasFreeCard":true}"#,
    ])
    return facts
  }

  @Test("What is remembered and compared by days comes to what each formula gives by itself")
  func same() throws {
    let (quick, slow) = (try Finance.pricer(), Pricer(try slowRules(), try Finance.library()))
    var chance = Seeded(seed: 9)
    var outcomes: Set<String> = []
    for _ in 0..<3000 {
      let facts = Self.facts(&chance)
      let outcome = try quick.price(facts.bytes).outcome
      #expect(outcome == (try slow.price(facts.bytes).outcome), "\(facts)")
      outcomes.insert("\(outcome)".prefix { $0 != "(" } + "")
    }
    #expect(outcomes.count == 4, "billed, not billed, waiting, not yet")
  }

  @Test(
    "However a document is written, the visit comes to the same",
    arguments: [
      ("\",\"", "\" ,\n \""), ("Min vård", #"Min v\u00e5rd"#), (#""form":"video""#, #""form":"v\u0069deo""#),
      (#""planned":true"#, #""kind":null,"planned":true"#),
      (#""planned":true"#, #""planned":true,"more":[1,{"a":[]}]"#),
    ])
  func written(_ old: String, _ new: String) throws {
    let plain = String(decoding: Facts().bytes, as: UTF8.self)
    #expect(plain.contains(old))
    let pricer = try Finance.pricer()
    let other = try pricer.price(Array(plain.replacing(old, with: new).utf8))
    #expect(other == (try pricer.price(Facts().bytes)))
    guard case .billed(let visit) = other.outcome else {
      Issue.record("not billed")
      return
    }
    #expect(String(decoding: visit.line, as: UTF8.self).contains(#""name":"Min vård""#))
  }

  @Test("Quotes and line feeds in texts stay quoted in the line")
  func quotes() throws {
    let plain = String(decoding: Facts().bytes, as: UTF8.self)
    let odd = plain.replacing("Min vård", with: #"\"Min\" \\ v\u00e5rd\n"#)
      .replacing(#""visit":"v1""#, with: #""visit":"v\"1""#)
    let pricing = try Finance.pricer().price(Array(odd.utf8))
    #expect(pricing.visit == "v\"1")
    guard case .billed(let visit) = pricing.outcome else {
      Issue.record("not billed")
      return
    }
    let line = try #require(try JSONSerialization.jsonObject(with: Data(visit.line)) as? [String: Any])
    #expect((line["unit"] as? [String: String])?["name"] == "\"Min\" \\ vård\n")
    #expect(line["visit"] as? String == "v\"1")
  }

  @Test(
    "What is no document of a visit is told, not priced",
    arguments: [
      "", "{", "{\"visit\":\"v1\"", "{\"visit\":\"v1\",}", "{\"visit\":\"v1\",\"visit\":\"v2\"}",
      "{\"fee\":007}", "{\"visit\":\"v1\"}}", "{\"visit\":\"v\u{1}1\"}", "{\"visit\":tru}",
    ])
  func broken(_ text: String) throws {
    #expect(throws: (any Error).self) { try Finance.pricer().price(Array(text.utf8)) }
    #expect(throws: (any Error).self) {
      try Finance.pricer().price([0x7B, 0x22, 0xFF, 0x22, 0x3A, 0x31, 0x7D])
    }
  }
}
