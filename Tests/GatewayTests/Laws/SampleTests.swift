import Diagnostics
import Documents
import Formats
import Gateway
import Mapping
import Testing

/// The documents that the laws are tried with.
struct SampleTests {
  private static let fields = """
      string: string
      text?: text
      texts*: text
      yes?: boolean
      number?: integer
      amount?: decimal
      days+: date
      part?: date(partial)
      short?: date(YYYYMMDD)
      shortPart?: date(YYYYMMDD, partial)
      moment?: instant
      moments?: instant(partial)
      local?: local-time(Europe/Stockholm)
      localShort?: local-time(Europe/Stockholm, YYYYMMDDhhmmss)
      clock?: time
      link?: uri
      data?: base64
      person?: personnummer
      unit?: hsa-id
      open?: code
      closed?: code(a, b, c d)
      always: = 2
      below?:
        one: string
        more*:
          deep+: string
    """

  /// Documents as they are written, the same for the same seed.
  private func documents(_ library: MappingLibrary, _ count: Int) throws -> [[UInt8]] {
    let mapping = try library.mapping("a/visit")
    var generator = DocumentGenerator(for: mapping, seed: 3)
    return try (0..<count).map { _ -> [UInt8] in
      var forest = Forest(names: library.names)
      let root = generator.next(into: &forest)
      switch mapping.format {
      case .json: return JSONWriter(names: library.names).bytes(root, of: forest)
      case .xml: return XMLWriter(names: library.names).bytes(root, of: forest)
      case .hl7v2: return try HL7v2Writer(names: library.names).bytes(root, of: forest)
      case .csv: return try CSVWriter(mapping.table).bytes(root, of: forest)
      }
    }
  }

  @Test("A sample, written and read, is one that its shape allows", arguments: TrialMapping.Writing.allCases)
  func allowed(_ writing: TrialMapping.Writing) throws {
    let library = try TrialMapping(writing, fields: Self.fields, mapping: "").study().library
    let (translator, mapping) = (Translator(library), try library.mapping("a/visit"))
    let receipt = Receipt(received: "2026-11-21T10:15:00+01:00", id: "1")
    for document in try documents(library, 400) {
      do throws(DiagnosticError) {
        try translator.check(document, as: mapping, named: "sample", receipt: receipt)
      } catch {
        Issue.record(
          "\(TerminalRenderer().render(error.diagnostics)) \(String(decoding: document, as: UTF8.self))")
      }
    }
  }

  @Test("What is rare in messages is not rare in samples")
  func edges() throws {
    let library = try TrialMapping(.json, fields: Self.fields, mapping: "").study().library
    let all = try documents(library, 800).map { String(decoding: $0, as: UTF8.self) }
    let rare: [(String, Regex<Substring>)] = [
      ("a leap day", #/"\d{4}-02-29"/#), ("the hour that October has twice", #/20261025\s?02\d{4}/#),
      ("the first year", #/"1900(?:01|-01)/#), ("the last year", #/"2099(?:12|-12)/#),
      ("a zero behind the point", #/"amount":\d+\.\d*0[,}]/#), ("a far offset", #/\+14:00"/#),
      ("a long fraction", #/\.123456789(?:Z|[+-])/#), ("a space in front", #/":" x"/#),
      ("a space behind", #/"x "/#), ("a long text", #/"(?:lång ){800}x"/#),
      ("a text like nothing", #/":"null"/#),
      ("nothing optional", #/^\{"string":"[^"]*","days":\[[^\]]*\],"always":"2"\}$/#),
    ]
    for (what, pattern) in rare {
      #expect(all.contains { $0.contains(pattern) }, "\(what) does not occur")
    }
    for code in ["a", "b", "c d"] { #expect(all.contains { $0.contains("\"closed\":\"\(code)\"") }) }
  }
}
