/// A service contract that the gateway answers, from `Mappings/rivta.yaml`.
struct RIVTAContract: Sendable {
  /// What answers it.
  enum Binding: Sendable {
    /// The hub, by what the file says.
    case query(RIVTAQuery)
    /// The hub, by what the file says of things that are not one patient's records.
    case lookUp(RIVTALookUp)
    /// The service of this name.
    case service(String)
    /// The gateway itself: PingForConfiguration.
    case ping
  }

  /// The interaction and its major version: `GetCareContacts/3`.
  let name: String
  /// The namespace of the request's element: `urn:riv:…:GetCareContactsResponder:3`.
  let namespace: String
  /// The request's element.
  let element: String
  let binding: Binding
  /// What is asked of others first.
  var checks: [AccessCheck] = []
  /// The kinds of what leaves, in the words of the log.
  var kinds: [String] = []

  /// The interaction.
  var interaction: String { String(name.prefix { $0 != "/" }) }
}

/// A question to the hub, and how its answer is chosen and written.
struct RIVTAQuery: Sendable {
  /// A kind of resources and the searches of it, in `store.yaml`, that are dates.
  struct Narrowing: Sendable, Equatable {
    let type: String
    let searches: [String]
  }

  /// The mapping of the request, which makes `Parameters` of it.
  let request: String
  /// The mapping of the answer.
  let answer: String
  /// The kinds of resources of the patient that the answer is made of.
  let resources: [String]
  /// The element of the answer that holds one record.
  let records: String
  /// Where in a record it stands.
  let paths: RIVTARecordPaths
  /// The most records in one answer; `nil` for all. More are told with `hasMore`.
  var most: Int?
  /// Whether the answer can say that the question was wrong; a fault does otherwise.
  var hasResult = true
  /// By which of the hub's searches records are found that may tell of the days asked for: together they know each time
  /// that a record tells. Without any, all that the patient has is looked at.
  var narrow: [Narrowing] = []
  /// What CheckBlocks calls records of this kind.
  var informationType = ""
}

/// Where in a record of an answer what it is chosen by stands: names of elements below it.
struct RIVTARecordPaths: Sendable {
  /// The parts of its id.
  var id: [[String]] = []
  var source: [String] = []
  var careUnit: [String] = []
  var careGiver: [String] = []
  /// The care contact's id.
  var contact: [String] = []
  /// Moments, any of which counts.
  var times: [[String]] = []
  /// The ends of a stretch of time; without an end it goes on.
  var period: [[String]] = []
}
