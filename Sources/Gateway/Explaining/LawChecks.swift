import Documents
import Formats
public import Mapping

extension MappingStudy {
  /// Tries both laws of a mapping; see ``Law``.
  /// - Parameters:
  ///   - runs: how many documents to make for each law.
  ///   - seed: the same seed makes the same documents.
  public func laws(of mapping: Mapping, runs: Int, seed: UInt64) -> LawReport {
    let codecs = Codecs(names: library.names, limits: ReadingLimits())
    return laws(of: mapping, runs: runs, seed: seed) { forest, root, format in
      codecs.text(root, as: format, by: mapping, of: forest)
    }
  }
}

extension Codecs {
  /// A document for people to read: the hub's, or one of a mapping's.
  func text(_ root: NodeID, as format: Format, by mapping: Mapping, of forest: borrowing Forest) -> String {
    var out = Arena<UInt8>(capacity: 1024)
    switch format {
    case .json: prettyJSON.write(root, of: forest, to: &out)
    case .xml, .hl7v2, .csv: try? write(root, as: mapping, of: forest, to: &out)
    }
    let text = out.withElements { String(decoding: $0, as: UTF8.self) }
    return format == .hl7v2 ? text.replacing("\r", with: "\n") : text
  }
}
