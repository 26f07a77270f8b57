/// A witness's signature with the time of it (C2SP tlog-cosignature, "Ed25519 signed message").
struct Cosignature {
  /// Seconds since 1970, UTC.
  let time: Int64
  /// Ed25519's 64 bytes.
  let signature: [UInt8]

  init(time: Int64, signature: [UInt8]) {
    self.time = time
    self.signature = signature
  }

  /// Reads the bytes of a signature line.
  init?(_ bytes: [UInt8]) {
    var reader = RecordReader(bytes)
    guard let time = reader.number(), time >= 0, let signature = reader.raw(64), reader.isAtEnd else {
      return nil
    }
    self.init(time: time, signature: signature)
  }

  var bytes: [UInt8] {
    var writer = RecordWriter()
    writer.put(time)
    return writer.bytes + signature
  }

  /// What is signed.
  func message(_ text: String) -> [UInt8] { Self.message(text, time: time) }

  static func message(_ text: String, time: Int64) -> [UInt8] {
    Array("cosignature/v1\ntime \(time)\n\(text)".utf8)
  }
}
