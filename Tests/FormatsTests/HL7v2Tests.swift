import Diagnostics
import Documents
import Formats
import Testing

/// Chapter 2 of HL7 v2.5.1, through the public reader and writer.
struct HL7v2Tests {
  private static let header = "MSH|^~\\&|A|B|C|D|20261121101500||ADT^A01^ADT_A01|1|P|2.5.1"

  private let names = NameTableBuilder().build()

  private func rewritten(_ bytes: [UInt8]) throws -> [UInt8] {
    var forest = Forest(names: names)
    let root = try HL7v2Reader(names: names).read(bytes, named: "test", into: &forest)
    return try HL7v2Writer(names: names).bytes(root, of: forest)
  }

  private func rewritten(_ text: String) throws -> String {
    String(decoding: try rewritten(Array(text.utf8)), as: UTF8.self)
  }

  private func refusal(_ bytes: [UInt8], limits: ReadingLimits = ReadingLimits()) -> (Problem, Place)? {
    var forest = Forest(names: names)
    do throws(Diagnostic) {
      _ = try HL7v2Reader(names: names, limits: limits).read(bytes, named: "test", into: &forest)
      return nil
    } catch {
      return (error.problem, error.place)
    }
  }

  /// What stands at a path of names, each value on its own.
  private func values(_ text: String, at path: [String]) throws -> [String] {
    try values(Array(text.utf8), at: path)
  }

  private func values(_ bytes: [UInt8], at path: [String]) throws -> [String] {
    var forest = Forest(names: names)
    var nodes = [try HL7v2Reader(names: names).read(bytes, named: "test", into: &forest)]
    for name in path {
      nodes = nodes.flatMap { node in
        forest.children(node).filter {
          String(decoding: forest.localName(forest[$0].name), as: UTF8.self) == name
        }
      }
    }
    return nodes.map { forest[$0].kind == .null ? "null" : forest.string($0) }
  }

  @Test("Any well-formed message is written as the bytes that were read", arguments: 0..<500)
  func roundTrip(_ seed: Int) throws {
    var sample = HL7v2Sample(seed: UInt64(seed))
    let message = sample.message()
    #expect(try rewritten(message) == message)
  }

  @Test(
    "Trailing delimiters, empty repetitions and nulls are written as they were read",
    arguments: [
      "PID", "PID|", "PID|||", "PID|1||", "PID|a^", "PID|^", "PID|^^b", "PID|&", "PID|&x&^", "PID|a~",
      "PID|~",
      "PID|~~b", "PID|\"\"", "PID|\"\"^x^\"\"", "PID|\"\"~a", "PID|a&&b^^c~^d|", "ZZ9|1|2", "PID|^&^~&~^",
    ])
  func exactness(_ segment: String) throws {
    let message = "\(Self.header)\r\(segment)\r"
    #expect(try rewritten(message) == message)
  }

  @Test("2.5: fields, repetitions, components and sub-components are called by their numbers")
  func positions() throws {
    let message = "\(Self.header)\rPID|1||1^^^S&1.2.3~2^x||Test^Tolvan\r"
    #expect(try values(message, at: ["PID", "1"]) == ["1"])
    #expect(try values(message, at: ["PID", "3", "1"]) == ["1", "2"])
    #expect(try values(message, at: ["PID", "3", "4", "2"]) == ["1.2.3"])
    #expect(try values(message, at: ["PID", "5", "2"]) == ["Tolvan"])
    #expect(try values(message, at: ["MSH", "1"]) == ["|"])
    #expect(try values(message, at: ["MSH", "2"]) == ["^~\\&"])
    #expect(try values(message, at: ["MSH", "9", "2"]) == ["A01"])
    #expect(try values(message, at: ["MSH", "12"]) == ["2.5.1"])
  }

  @Test("2.5.3.2: null is not absent")
  func null() throws {
    let message = "\(Self.header)\rPID|\"\"||\"\"^\"x\"\r"
    #expect(try values(message, at: ["PID", "1"]) == ["null"])
    #expect(try values(message, at: ["PID", "2"]) == [])
    #expect(try values(message, at: ["PID", "3", "1"]) == ["null"])
    #expect(try values(message, at: ["PID", "3", "2"]) == ["\"x\""])
  }

  @Test(
    "2.7: escapes of delimiters and line breaks are characters, others keep their text between two signs",
    arguments: [
      (#"a\F\b\S\c\T\d\R\e\E\f"#, "a|b^c&d~e\\f"), (#"rad 1\.br\rad 2"#, "rad 1\nrad 2"),
      (#"\X0D0A\\X0D\"#, "\r\n\r"), (#"\X2222\"#, "\"\""), (#"\H\fet\N\"#, "␛H␛fet␛N␛"),
      (#"\X0A\\Zfoo\\temp\"#, "␛X0A␛␛Zfoo␛␛temp␛"), (#"\E\H\E\"#, #"\H\"#), ("a␛b", "a␛␛b"),
    ])
  func escapes(_ written: String, _ text: String) throws {
    let message = "\(Self.header)\rOBX|\(written)\r"
    #expect(try values(message, at: ["OBX", "1"]) == [text])
    #expect(try rewritten(message) == message)
  }

  @Test("2.7: an escape character that nothing ends is itself, and is written escaped")
  func loneEscape() throws {
    let message = "\(Self.header)\rOBX|C:\\x|a\\\\\r"
    #expect(try values(message, at: ["OBX", "1"]) == ["C:\\x"])
    #expect(try values(message, at: ["OBX", "2"]) == ["a\\\\"])
    #expect(try rewritten(message) == "\(Self.header)\rOBX|C:\\E\\x|a\\E\\\\E\\\r")
  }

  @Test("2.5.4: delimiters are the message's own; fewer than four may be named")
  func delimiters() throws {
    #expect(try values("MSH#!*%@#A\rPID#1!2*3@4#a^b&c|d\r", at: ["PID", "1", "2"]) == ["2"])
    #expect(try values("MSH#!*%@#A\rPID#1!2*3@4#a^b&c|d\r", at: ["PID", "2"]) == ["a^b&c|d"])
    let short = "MSH|^~|A\rPID|a\\F\\b&c^d\r"
    #expect(try values(short, at: ["PID", "1", "1"]) == ["a\\F\\b&c"])
    #expect(try rewritten(short) == short)
    let seven = "MSH|^~\\&#|A\rPID|a#b\r"
    #expect(try rewritten(seven) == seven)
  }

  @Test("Segments may end with a carriage return, a line feed or both; they are written with the first")
  func lineEnds() throws {
    for end in ["\n", "\r\n", "\r", "\r\r", "\n\n"] {
      #expect(try rewritten("\(Self.header)\(end)PID|1\(end)") == "\(Self.header)\rPID|1\r")
    }
    #expect(try rewritten("\u{FEFF}\r\n\(Self.header)\nPID|1") == "\(Self.header)\rPID|1\r")
  }

  @Test("2.14.9.18: MSH-18 names the character set; without one it is UTF-8")
  func characterSets() throws {
    let latin =
      Array("\(Self.header)||||||8859/1\rPID|".utf8) + [0xC5, 0x73, 0x61, 0x7C, 0xA0, 0xFF] + [0x0D]
    #expect(try values(latin, at: ["PID", "1"]) == ["Åsa"])
    #expect(try values(latin, at: ["PID", "2"]) == ["\u{A0}ÿ"])
    #expect(try rewritten(latin) == latin)
    let several = "\(Self.header)||||||UNICODE UTF-8~8859/1\rPID|Åsa\r"
    #expect(try rewritten(several) == several)
    let undeclared = Array("\(Self.header)\rPID|\u{41}".utf8) + [0xE5, 0x0D]
    let (problem, place) = try #require(refusal(undeclared))
    #expect(problem == .notInCharacterSet(name: "UNICODE UTF-8"))
    #expect(place.line == 2 && place.column == 6)
    let ascii = Array("\(Self.header)||||||ASCII\rPID|å\r".utf8)
    #expect(try #require(refusal(ascii)).0 == .notInCharacterSet(name: "ASCII"))
    let windows = Array("\(Self.header)||||||8859/1\rPID|".utf8) + [0x93, 0x0D]
    #expect(try #require(refusal(windows)).0 == .notInCharacterSet(name: "8859/1"))
    let unknown = Array("\(Self.header)||||||ISO IR87\r".utf8)
    #expect(try #require(refusal(unknown)).0 == .unknownCharacterSet(name: "ISO IR87"))
  }

  @Test("What the character set does not have is not written")
  func notWritable() throws {
    var forest = Forest(names: names)
    let message = Array("\(Self.header)\rPID|Zoë|日本\r".utf8)
    let root = try HL7v2Reader(names: names).read(message, named: "test", into: &forest)
    let msh = forest.children(root)[0]
    let version = try #require(forest.children(msh).last)
    forest[version].name = forest.intern("18")
    forest[version].text = forest.append("8859/1")
    let error = #expect(throws: WritingFault.self) { try HL7v2Writer(names: names).bytes(root, of: forest) }
    #expect(error?.problem == .notInCharacterSet(name: "8859/1"))
    #expect(error?.path == "PID-2")
  }

  @Test(
    "What is no HL7 v2 is refused where it stands",
    arguments: [
      ("PID|1", 1, 1), ("MSH", 1, 1), ("MSH|", 1, 1), ("MSHA^~\\&|", 1, 4), ("MSH|^^\\&|", 1, 4),
      ("MSH||", 1, 4), ("MSH|^~\\&|\rpid|1", 2, 1), ("MSH|^~\\&|\nPID1|1", 2, 1),
      ("MSH|^~\\&|\r\nPI", 2, 1), ("{\"a\":1}", 1, 1), ("MSH|^~\\&|\r 1", 2, 1),
    ])
  func refused(_ text: String, _ line: Int, _ column: Int) throws {
    let (problem, place) = try #require(refusal(Array(text.utf8)))
    guard case .hl7Syntax = problem else { Issue.record("\(problem)"); return }
    #expect(place.line == line && place.column == column)
    #expect(place.excerpt == nil, "a message is never quoted")
  }

  @Test("Size, segments, positions and repetitions have limits")
  func limits() throws {
    let many = { (text: String, limits: ReadingLimits) in
      self.refusal(Array("MSH|^~\\&|\r\(text)".utf8), limits: limits)?.0
    }
    var limits = ReadingLimits()
    (limits.segments, limits.positions, limits.repetitions) = (3, 4, 5)
    #expect(many("PID\rPID\r", limits) == nil)
    #expect(many("PID\rPID\rPID\r", limits) == .tooMany(what: "segments", limit: 3))
    #expect(many("PID|1|2|3|4|", limits) == .tooMany(what: "fields in a segment", limit: 4))
    #expect(many("PID|^^^^", limits) == .tooMany(what: "components in a field", limit: 4))
    #expect(many("PID|&&&&", limits) == .tooMany(what: "sub-components in a component", limit: 4))
    #expect(many("PID|~~~~~", limits) == .tooMany(what: "repetitions of a field", limit: 5))
    #expect(many("PID|~~~~", limits) == nil)
    #expect(refusal(Array(Self.header.utf8), limits: ReadingLimits(bytes: 4))?.0 == .inputTooLarge(limit: 4))
    #expect(refusal([])?.0 == .inputEmpty)
    #expect(refusal(Array("\r\n".utf8))?.0 == .inputEmpty)
  }

  @Test(
    "Damaged messages are read or refused, and what is read is written so that it is read alike",
    arguments: 0..<200)
  func damaged(_ seed: Int) throws {
    var sample = HL7v2Sample(seed: UInt64(seed))
    var bytes = Array(sample.message().utf8)
    for _ in 0..<20 {
      let at = sample.below(bytes.count)
      switch sample.below(4) {
      case 0: bytes.remove(at: at)
      case 1: bytes.insert(UInt8(sample.below(256)), at: at)
      case 2: bytes[at] = Array("|^~\\&\r\n\"E".utf8)[sample.below(9)]
      default: bytes.swapAt(at, sample.below(bytes.count))
      }
      if bytes.isEmpty { break }
      guard let once = try? rewritten(bytes) else { continue }
      #expect(try rewritten(once) == once)
    }
  }

  @Test("After an error nothing is left behind")
  func nothingHalfDone() throws {
    var forest = Forest(names: names)
    #expect(throws: Diagnostic.self) {
      try HL7v2Reader(names: names).read(Array("\(Self.header)\rPID|1^2\rx".utf8), named: "x", into: &forest)
    }
    #expect(forest.next == 0)
  }
}
