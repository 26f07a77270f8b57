import MLLP
import TestRig
import Testing

@Suite("A block reader")
struct BlockReaderTests {
  /// What a stream comes to.
  private struct Outcome: Equatable {
    var messages: [[UInt8]] = []
    var violation: MLLPViolation?
    var isWithinBlock = false
  }

  private func read(_ pieces: [ArraySlice<UInt8>], maximumBytes: Int = 1000) -> Outcome {
    var (reader, outcome) = (MLLPBlockReader(maximumBytes: maximumBytes), Outcome())
    do throws(MLLPViolation) {
      for var piece in pieces {
        while let message = try reader.next(&piece) { outcome.messages.append(message) }
        #expect(piece.isEmpty)
      }
      outcome.isWithinBlock = reader.isWithinBlock
    } catch {
      outcome.violation = error
    }
    return outcome
  }

  private func read(_ text: String, maximumBytes: Int = 1000) -> Outcome {
    read([Array(text.utf8)[...]], maximumBytes: maximumBytes)
  }

  private func pieces(_ bytes: [UInt8], _ random: inout Seeded) -> [ArraySlice<UInt8>] {
    var (pieces, rest): ([ArraySlice<UInt8>], ArraySlice<UInt8>) = ([], bytes[...])
    while !rest.isEmpty {
      let count = Int.random(in: 1...max(1, min(rest.count, 40)), using: &random)
      pieces.append(rest.prefix(count))
      rest = rest.dropFirst(count)
    }
    return pieces
  }

  @Test("gives the same messages however the stream is cut")
  func anySplit() throws {
    for seed in UInt64(0)..<200 { try splitStream(seed) }
  }

  private func splitStream(_ seed: UInt64) throws {
    var random = Seeded(seed: seed)
    let messages = (0..<Int.random(in: 1...6, using: &random)).map { _ in
      (0..<Int.random(in: 0...120, using: &random)).map { _ in
        UInt8.random(in: (seed % 2 == 0 ? 0x1D : 0x00)...0xFF, using: &random)
      }
      .filter { $0 != 0x1C }
    }
    let stream = try messages.flatMap { message in
      let line: [UInt8] = Bool.random(using: &random) ? [0x0A] : []
      return try #require(MLLPBlock.framing(message)) + line
    }
    let whole = read([stream[...]])
    #expect(whole == Outcome(messages: messages), "seed \(seed)")
    #expect(read(stream.indices.map { stream[$0...$0] }) == whole, "seed \(seed)")
    #expect(read(pieces(stream, &random)) == whole, "seed \(seed)")
  }

  @Test("comes to the same with random bytes however they are cut")
  func randomBytes() {
    for seed in UInt64(0)..<2000 { splitNoise(seed) }
  }

  private func splitNoise(_ seed: UInt64) {
    var random = Seeded(seed: seed)
    let noise = random.protocolBytes(Int.random(in: 0...200, using: &random))
    let stream = [0x0B] + noise
    let whole = read([stream[...]], maximumBytes: 50)
    #expect(read(stream.indices.map { stream[$0...$0] }, maximumBytes: 50) == whole, "seed \(seed)")
    #expect(read(pieces(stream, &random), maximumBytes: 50) == whole, "seed \(seed)")
    #expect(
      whole.messages.allSatisfy { $0.count <= 50 && MLLPBlock.framing($0) != nil }, "seed \(seed)")
  }

  @Test(
    "refuses what breaks the protocol",
    arguments: [
      ("MSH|", .noStart), ("GET / HTTP/1.1\r\n", .noStart), (" \u{0B}MSH|\u{1C}\r", .noStart),
      ("\u{0}", .noStart), ("\u{1C}\r", .noStart), ("\u{0B}MSH|\u{1C}\n", .noReturn),
      ("\u{0B}MSH|\u{1C}\u{0B}MSH|\u{1C}\r", .noReturn), ("\u{0B}MSH|\u{1C}\u{1C}\r", .noReturn),
      ("\u{0B}MSH|a\r\u{0B}MSH|b\r\u{1C}\r", .startWithinMessage),
      ("\u{0B}\u{0B}MSH|b\r\u{1C}\r", .startWithinMessage),
      ("\u{0B}" + String(repeating: "x", count: 1001), .tooLong),
    ] as [(String, MLLPViolation)])
  func violations(_ stream: String, _ violation: MLLPViolation) {
    #expect(read(stream) == Outcome(violation: violation))
    #expect(read(block("first") + stream) == Outcome(messages: [Array("first".utf8)], violation: violation))
  }

  @Test("takes what harms nobody: line ends between blocks, a VT as a line break, a block of nothing")
  func tolerance() {
    let stream = "\r\n" + block("a") + "\n" + block("Rad ett\u{0B}Rad två") + "\r\n\r\n" + block("")
    #expect(read(stream).messages == ["a", "Rad ett\u{0B}Rad två", ""].map { Array($0.utf8) })
  }

  @Test("takes a message of exactly the limit, and says when a block has begun")
  func limit() {
    let longest = String(repeating: "x", count: 1000)
    #expect(read(block(longest)).messages == [Array(longest.utf8)])
    #expect(read(block("a") + "\u{0B}").isWithinBlock)
    #expect(read("\u{0B}a\u{1C}").isWithinBlock)
    #expect(!read(block("a") + "\r\n").isWithinBlock)
  }

  @Test("has no block made for a message that would not come out of it the same")
  func framing() {
    #expect(MLLPBlock.framing(Array("a\u{1C}b".utf8)) == nil)
    #expect(MLLPBlock.framing(Array("a\u{1C}".utf8)) == nil)
    #expect(MLLPBlock.framing(Array("MSH|a\r\u{0B}MSH|b".utf8)) == nil)
    #expect(MLLPBlock.framing(Array("a\u{0B}MS".utf8)) == Array(block("a\u{0B}MS").utf8))
  }
}
