import Diagnostics
import Documents
import Formats
import Testing

/// RFC 4180 and Excel's ways with it, through the public reader and writer.
struct CSVTests {
  private static func table(_ change: (inout CSVDialect) -> Void = { _ in }) -> CSVTable {
    var table = CSVTable()
    change(&table.dialect)
    return table
  }

  private func tree(_ bytes: [UInt8], _ table: CSVTable = CSVTable()) throws -> String {
    var forest = Forest(names: NameTableBuilder().build())
    let root = try CSVReader(table).read(bytes, named: "test", into: &forest)
    return String(decoding: JSONWriter(names: forest.names).bytes(root, of: forest), as: UTF8.self)
  }

  private func tree(_ text: String, _ table: CSVTable = CSVTable()) throws -> String {
    try tree(Array(text.utf8), table)
  }

  private func refusal(
    _ bytes: [UInt8], _ table: CSVTable = CSVTable(), limits: ReadingLimits = ReadingLimits()
  ) -> Diagnostic? {
    var forest = Forest(names: NameTableBuilder().build())
    do throws(Diagnostic) {
      _ = try CSVReader(table, limits: limits).read(bytes, named: "test", into: &forest)
      return nil
    } catch {
      return error
    }
  }

  private func rewrite(_ bytes: [UInt8], _ table: CSVTable) throws -> [UInt8] {
    var forest = Forest(names: NameTableBuilder().build())
    let root = try CSVReader(table).read(bytes, named: "test", into: &forest)
    return try CSVWriter(table).bytes(root, of: forest)
  }

  @Test("Each line is a row, each cell a member by its column's name; lines end with any line break")
  func rows() throws {
    let expected = #"{"row":{"a":"1","b":" x "},"row":{"a":"","b":"2"}}"#
    for end in ["\r\n", "\n", "\r"] {
      #expect(try tree(["a,b", "1, x ", ",2"].joined(separator: end)) == expected)
      #expect(try tree(["a,b", "1, x ", ",2", ""].joined(separator: end)) == expected)
    }
  }

  @Test("2.5–2.7: quoted cells hold separators, line breaks and doubled quotes")
  func quotes() throws {
    #expect(try tree("a,b\n\"1,\r\n2\",\"say \"\"hi\"\"\"\n") == #"{"row":{"a":"1,\r\n2","b":"say \"hi\""}}"#)
    #expect(try tree("a,b\n\"\",5\" wide\n") == #"{"row":{"a":"","b":"5\" wide"}}"#)
  }

  @Test("Lines in which nothing stands are passed over")
  func blankLines() throws {
    #expect(try tree("\n\na,b\n\n1,2\n,\n,,,,\n\"\",\"\"\n\n") == #"{"row":{"a":"1","b":"2"}}"#)
    #expect(try tree("a,b") == "{}")
  }

  @Test("Columns of one name, and of none, are kept side by side")
  func repeatedColumns() throws {
    #expect(try tree("d,d,\n1,2,3") == #"{"row":{"d":"1","d":"2","":"3"}}"#)
  }

  @Test(
    "What stands between the cells is told from the header, or by Excel's hint",
    arguments: [
      "a;b\n1,5;2", "a\tb\n1,5\t2", "a|b\n1,5|2", "\"a\";b\n1,5;2", "sep=;\r\na;b\n1,5;2",
      "\u{FEFF}a;b\n1,5;2",
    ])
  func separators(_ text: String) throws {
    #expect(try tree(text) == #"{"row":{"a":"1,5","b":"2"}}"#)
  }

  @Test("Windows-1252 is read and written byte for byte, and a byte order mark says UTF-8")
  func windows1252() throws {
    let table = Self.table { ($0.separator, $0.encoding) = (UInt8(ascii: ";"), .windows1252) }
    let bytes = Array("a;b\r\n".utf8) + [0xE5, 0x3B, 0x80, 0x0D, 0x0A]
    #expect(try tree(bytes, table) == #"{"row":{"a":"å","b":"€"}}"#)
    #expect(try rewrite(bytes, table) == bytes)
    #expect(try tree("\u{FEFF}a;b\r\nå;€", table) == #"{"row":{"a":"å","b":"€"}}"#)
    #expect(refusal(Array("a;b\n1;".utf8) + [0x81], table)?.problem.code == .csvSyntax)
    let all = (UInt8(0x20)...0xFF).filter { ![0x22, 0x3B, 0x7F, 0x81, 0x8D, 0x8F, 0x90, 0x9D].contains($0) }
    let every = Array("x;y\r\n1;".utf8) + all + [0x0D, 0x0A]
    #expect(try rewrite(every, table) == every)
  }

  @Test("A character that the encoding lacks is refused with its column, never replaced")
  func lackingCharacter() throws {
    var names = NameTableBuilder()
    _ = names.name("namn")
    var forest = Forest(names: names.build())
    let root = try CSVReader().read(Array("namn\n日本".utf8), named: "test", into: &forest)
    let writer = CSVWriter(Self.table { $0.encoding = .windows1252 })
    #expect(throws: WritingFault.self) { _ = try writer.bytes(root, of: forest) }
    do { _ = try writer.bytes(root, of: forest) } catch {
      #expect(error.problem == .notInEncoding(path: "namn", encoding: "windows-1252") && error.offset == 5)
    }
  }

  @Test(
    "What can't be read is refused where it stands",
    arguments: [
      ("a,b\n1\n", DiagnosticCode.raggedRow, 2, 1), ("a,b\n1,2\n\n1,2,3\n", .raggedRow, 4, 1),
      ("a,b\n1,\"2\n3", .csvSyntax, 2, 3), ("a,b\n1,\"2\"x\n", .csvSyntax, 2, 6), ("\"a", .csvSyntax, 1, 1),
      ("", .inputEmpty, 1, 1), ("\r\n\n", .inputEmpty, 3, 1),
    ])
  func refused(_ text: String, _ code: DiagnosticCode, _ line: Int, _ column: Int) throws {
    let diagnostic = try #require(refusal(Array(text.utf8)))
    #expect(diagnostic.problem.code == code)
    #expect(diagnostic.place.line == line && diagnostic.place.column == column, "\(diagnostic.place)")
    #expect(diagnostic.place.excerpt == nil, "a message is never quoted")
  }

  @Test("Bytes that are not UTF-8, and more of them than allowed, are refused")
  func notUTF8() throws {
    #expect(refusal(Array("a,b\n1,".utf8) + [0xE5])?.problem == .notUTF8)
    #expect(refusal([0xFF, 0xFE, 0x61, 0x00])?.problem == .notUTF8)
    #expect(
      refusal(Array("a\n12345".utf8), limits: ReadingLimits(bytes: 6))?.problem == .inputTooLarge(limit: 6))
  }

  /// Columns `a` (required), `b`, and `d`, which repeats.
  private func known(isClosed: Bool = false) -> (CSVTable, NameTable) {
    var names = NameTableBuilder()
    var table = CSVTable()
    table.columns = [
      .init(name: names.name("a"), isRequired: true, repeats: false),
      .init(name: names.name("b"), isRequired: false, repeats: false),
      .init(name: names.name("d"), isRequired: false, repeats: true),
    ]
    table.isClosed = isClosed
    table.shape = "x/y"
    return (table, names.build())
  }

  private func problem(_ text: String, isClosed: Bool = false) -> Problem? {
    let (table, names) = known(isClosed: isClosed)
    var forest = Forest(names: names)
    do throws(Diagnostic) {
      _ = try CSVReader(table).read(Array(text.utf8), named: "test", into: &forest)
      return nil
    } catch {
      return error.problem
    }
  }

  @Test("A header is asked once for the columns of its shape")
  func header() throws {
    #expect(
      problem("b;c\n1;2\n3;4") == .missingColumns(names: ["a"], found: 2, separator: "`;`", shape: "x/y"))
    #expect(problem("a,a\n1,2") == .repeatedField(path: "a"))
    #expect(problem("a,d,d\n1,2,3") == nil)
    #expect(problem("a,x\n1,2") == nil)
    #expect(problem("a,bb\n1,2", isClosed: true) == .unknownField(path: "…", shape: "x/y", near: ["b"]))
  }

  @Test(
    "A shape's columns are all written, repeated ones as often as a row needs them, strangers behind them")
  func columns() throws {
    let (table, names) = known()
    var forest = Forest(names: names)
    let root = try CSVReader().read(Array("x,d,a,d\n1,2,3,\n,,4,5\n".utf8), named: "test", into: &forest)
    let written = String(decoding: try CSVWriter(table).bytes(root, of: forest), as: UTF8.self)
    #expect(written == "a,b,d,d,x\r\n3,,2,,1\r\n4,,,5,\r\n")
  }
}

/// Laws of the reader and the writer, and cells that are not what they seem.
struct CSVLawTests {
  private static let words = [
    "", "x", "Åsa Öst", " a ", "a;b", "a,b", "a\tb", "a|b", "\"", "\"\"", "x\"y", "rad\nrad", "\r\n", "\r",
    "=1+1",
    "-12,5", "+46 70", "@a", "'", "'=x", "''-1", "'-12", "-", "\u{FEFF}", "sep=;", "0", "-1.000,5",
  ]

  private static let dialects: [CSVDialect] = CSVDialect.Encoding.allCases.flatMap { encoding in
    CSVDialect.Quotes.allCases.flatMap { quotes in
      [nil, UInt8(ascii: ","), UInt8(ascii: ";"), 9].flatMap { separator in
        [true, false].map { guards in
          var dialect = CSVDialect()
          (dialect.encoding, dialect.quotes, dialect.separator) = (encoding, quotes, separator)
          dialect.guardsFormulas = guards
          dialect.lines = guards ? .lf : .crlf
          return dialect
        }
      }
    }
  }

  /// A table of cells from the words; the first cell of each row holds something.
  private func fill(_ forest: inout Forest, _ random: inout SystemRandomNumberGenerator, _ words: [String])
    -> NodeID
  {
    let columns = (0..<Int.random(in: 1...5, using: &random)).map {
      "k\($0) \(words.randomElement(using: &random) ?? "")"
    }
    let root = forest.open(.object, name: NameTable.unnamed, offset: 0)
    for _ in 0..<Int.random(in: 1...6, using: &random) {
      let row = forest.open(.object, name: forest.intern("row"), offset: 0)
      for (index, column) in columns.enumerated() {
        let word = words.randomElement(using: &random) ?? ""
        let text = forest.append(index == 0 && word.isEmpty ? "x" : word)
        forest.leaf(.string, name: forest.intern(column), text: text, offset: 0)
      }
      forest.close(row)
    }
    forest.close(root)
    return root
  }

  @Test("What is written is read as the same tree, and written again as the same bytes", arguments: dialects)
  func laws(_ dialect: CSVDialect) throws {
    var table = CSVTable()
    table.dialect = dialect
    var random = SystemRandomNumberGenerator()
    let words = dialect.encoding == .windows1252 ? Self.words.filter { $0 != "\u{FEFF}" } : Self.words
    for _ in 0..<100 {
      var forest = Forest(names: NameTableBuilder().build())
      let root = fill(&forest, &random, words)
      let bytes = try CSVWriter(table).bytes(root, of: forest)
      let back = try CSVReader(table).read(bytes, named: "test", into: &forest)
      guard forest.same(root, back), try CSVWriter(table).bytes(back, of: forest) == bytes else {
        Issue.record("\(dialect): \(String(decoding: bytes, as: UTF8.self))")
        return
      }
    }
  }

  @Test("Where formulas are guarded no cell begins as one, and numbers stay numbers")
  func formulas() throws {
    var table = CSVTable()
    table.dialect.guardsFormulas = true
    var forest = Forest(names: NameTableBuilder().build())
    let root = try CSVReader().read(
      Array("a\n=cmd()\n+1 2\n-12.50\n@x\n'=y\nplain\n".utf8), named: "test", into: &forest)
    let written = String(decoding: try CSVWriter(table).bytes(root, of: forest), as: UTF8.self)
    #expect(written == "a\r\n'=cmd()\r\n'+1 2\r\n-12.50\r\n'@x\r\n''=y\r\nplain\r\n")
  }

  @Test("Bytes at random are read or refused, and what is read can be written")
  func hostile() throws {
    let alphabet = Array("ab,;\t|\"\"\r\n\n='".utf8) + [0xE5, 0x80, 0xEF, 0xBB, 0xBF, 0x00]
    var random = SystemRandomNumberGenerator()
    var read = 0
    for number in 0..<4000 {
      var table = CSVTable()
      if number % 2 == 0 { table.dialect.encoding = .windows1252 }
      let bytes = (0..<Int.random(in: 0...40, using: &random)).map { _ in
        alphabet.randomElement(using: &random) ?? 0
      }
      var forest = Forest(names: NameTableBuilder().build())
      guard let root = try? CSVReader(table).read(bytes, named: "test", into: &forest) else { continue }
      read += 1
      _ = try CSVWriter(table).bytes(root, of: forest)
    }
    #expect(read > 100)
  }

  @Test("A dialect is told from a document")
  func detection() {
    let excel = CSVDialect.detected(in: Array("Namn;Belopp\r\n".utf8) + [0xC5, 0x3B, 0x31])
    #expect(excel.separator == UInt8(ascii: ";") && excel.encoding == .windows1252 && excel.lines == .crlf)
    let other = CSVDialect.detected(in: Array("\u{FEFF}\"a\",\"b\"\n1,2".utf8))
    #expect(other.separator == UInt8(ascii: ",") && other.encoding == .utf8WithMark && other.lines == .lf)
    #expect(other.quotes == .all)
  }
}
