import Diagnostics
import YAML

/// A formula as it was written, without the `=`.
struct FormulaSource {
  let text: String
  let node: YAMLNode
  /// Where the text begins in the scalar.
  let offset: Int

  /// The formula of `= formula`; `nil` for a text that is none.
  init?(_ written: String, _ node: YAMLNode) {
    guard written.hasPrefix("=") else { return nil }
    let formula = written.dropFirst().drop { $0 == " " }
    text = String(formula)
    self.node = node
    offset = written.count - formula.count
  }

  func place(of range: Range<Int>) -> Place {
    node.place(of: range.lowerBound + offset..<max(range.upperBound, range.lowerBound + 1) + offset)
  }
}

/// A code table or converter behind a `|`.
struct ConversionSource {
  let name: String
  /// The text between the quotes of `prefix('…')`.
  let argument: String?
  let place: Place
}

/// One line of a mapping.
indirect enum LineSource {
  /// A path on either side: of the format first, whatever the direction.
  case pair(format: PathSource, hub: PathSource, [ConversionSource])
  case formula(target: PathSource, FormulaSource)
  case each(PathSource, EachSource, BlockSource)
  case include(PathSource, fragment: YAMLNode, with: [YAMLNode.Entry])
}

/// What one element of a repetition is in the hub.
enum EachSource {
  case resources([HubDeclaration])
  case elements(PathSource, name: String)
}

/// The lines of a mapping, a fragment or an `each`.
struct BlockSource {
  /// Which elements an `each` is about.
  var when = WhenSource()
  var both: [LineSource] = []
  var `in`: [LineSource] = []
  var out: [LineSource] = []
}

/// The conditions of an `each`, one for each direction.
struct WhenSource {
  var `in`: FormulaSource?
  var out: FormulaSource?
}

/// A name for a resource, or for what a fragment is given.
struct HubDeclaration {
  struct Link {
    let field: PathSource
    let name: String
    let place: Place
  }

  struct Fixed {
    let field: PathSource
    let value: String
  }

  let name: String
  let type: String
  /// Where another resource refers to this one.
  var anchor: PathSource?
  /// Where this one refers to others.
  var links: [Link] = []
  /// Values that it always has, and by which it is told from others.
  var fixed: [Fixed] = []
  /// Whether documents are written though the hub has none.
  var mayBeMissing = false
  let place: Place
}
