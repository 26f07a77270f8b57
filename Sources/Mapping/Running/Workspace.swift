public import Diagnostics
public import Documents
import FHIRPath

/// What one translation works in; kept and reused by a thread, so that a message allocates nothing.
public struct Workspace: ~Copyable {
  /// The trees: the message, the hub's resources, what is written.
  public var forest: Forest
  /// Frames of node numbers, -1 where nothing stands.
  var cells: Arena<Int32>
  /// The frames of the `each` at hand, outermost first.
  var frames: Arena<Int32>
  /// The hub's resources.
  var resources = ResourceTable()
  /// What is wrong with the message.
  var diagnostics: [Diagnostic] = []
  /// The message, for places.
  var message = MessageInfo()
  /// What formulas read: the time of receipt and the message's id, and the nodes of the formula at hand.
  var formulaEnvironment = FormulaEnvironment()
  var shelf = ConstantShelf()
  /// Where the constants of the plan at hand lie in the text, so that writing one is naming its place.
  var constantsStart = 0
  /// Where the first value of the object being written stood in the message.
  var firstOffset: UInt32 = 0
  /// What was written, for explanations.
  var notes: [WriteNote] = []
  var conditionsRead: [ConditionRead] = []
  /// The reference of the resource that is being written.
  var pendingReference = TextRange.empty

  /// Makes a workspace for messages of the shapes of a library.
  public init(names: NameTable) {
    forest = Forest(names: names)
    cells = Arena(capacity: 1024)
    frames = Arena(capacity: 16)
  }

  /// Forgets the last message.
  mutating func reset() {
    forest.removeAll(keepingText: shelf.length)
    shelf.refill(&forest.text)
    cells.removeAll(keeping: 1 << 18)
    frames.truncate(to: 0)
    message.bytes = []
    resources.removeAll()
    if !diagnostics.isEmpty { diagnostics.removeAll() }
    if !notes.isEmpty { notes.removeAll() }
    if !conditionsRead.isEmpty { conditionsRead.removeAll() }
  }

  /// Adds an empty frame and returns where it begins.
  @inline(__always)
  mutating func addFrame(size: Int) -> Int {
    let base = cells.count
    cells.append(repeating: -1, count: size)
    return base
  }
}

/// What diagnostics need to know of the message.
struct MessageInfo {
  /// The name that places carry.
  var file = "message"
  var root: NodeID = 0
  /// The type of the root object.
  var rootType = 0
  /// Whether paths are written as HL7 v2 does: `PID-3(2).1`.
  var isHL7v2 = false
  /// The message as it came.
  var bytes: [UInt8] = []
}

/// Stops after this many diagnostics: a wrong document of many megabytes is not described in full.
let mostDiagnostics = 100

extension Workspace {
  /// Notes a problem at a node of the message.
  mutating func report(_ problem: Problem, at offset: UInt32, path: String? = nil) {
    guard diagnostics.count < mostDiagnostics else { return }
    let place = Place(message: message.bytes, named: message.file, offset: Int(offset), path: path)
    diagnostics.append(Diagnostic(problem, at: place))
  }

  /// A problem at a place of the message.
  public func diagnostic(_ problem: Problem, at offset: UInt32, path: String? = nil) -> Diagnostic {
    Diagnostic(
      problem, at: Place(message: message.bytes, named: message.file, offset: Int(offset), path: path))
  }

  /// The path of a node below the message's root: `visit.diagnoses[0].code`.
  func path(of node: NodeID) -> String {
    if message.isHL7v2 { return HL7v2Path(of: node, below: message.root, in: forest).text }
    var path = ""
    var current = message.root
    while current != node {
      var child = current + 1
      var index = 0
      while child < forest[current].end, forest[child].end <= node {
        child = forest[child].end
        index += 1
      }
      guard child < forest[current].end else { break }
      if forest[child].name == NameTable.unnamed {
        path += "[\(index)]"
      } else {
        path += (path.isEmpty ? "" : ".") + name(forest[child].name)
      }
      current = child
    }
    return path
  }

  /// A name for a diagnostic; one that no shape knows could be anybody's data.
  func name(_ id: NameID) -> String {
    forest.isForeign(id) ? "…" : String(decoding: forest.localName(id), as: UTF8.self)
  }
}
