/// Which of HL7's two ways to acknowledge is used (HL7 v2.5.1, section 2.9).
public enum AcknowledgementMode: String, Sendable, CaseIterable {
  /// Original when MSH-15 and 16 are both absent, else enhanced.
  case asWished = "as-wished"
  /// AA, AE or AR to every message, whatever MSH-15 and 16 say.
  case original
  /// CA, CE or CR, to every message that does not wish otherwise in MSH-15 and 16.
  case enhanced
}
