import Billing
import Mapping

/// The JSON Schemas of the file kinds, by which editors complete and check them.
public enum FileSchema: String, CaseIterable, Sendable {
  /// `*.shape.yaml`
  case shape
  /// `*.map.yaml`: mappings and fragments.
  case mapping
  /// `case.yaml`
  case `case`
  /// `routes.yaml`
  case routes
  /// `store.yaml`
  case store
  /// `billing/rules.yaml`
  case billing
  /// `billing/exports.yaml`
  case exports
  /// `booking.yaml`
  case booking
  /// `rivta.yaml`
  case rivta
  /// `sluss.yaml`
  case gateway

  /// The schema in draft-07, as UTF-8.
  public var bytes: [UInt8] { SchemaGenerator.schema(tables, title: title).bytes }

  /// The key tables of the kinds that such a file may have.
  private var tables: [KeyTable] {
    switch self {
    case .shape: [ShapeKeys.shape]
    case .mapping: [MappingKeys.mapping, MappingKeys.fragment]
    case .case: [CaseKeys.table]
    case .routes: [RouteKeys.file]
    case .store: [HubRuleKeys.file]
    case .billing: [BillingKeys.file]
    case .exports: [BillingKeys.exports]
    case .booking: [BookingKeys.file]
    case .rivta: [RIVTAContractKeys.file]
    case .gateway: [GatewayKeys.file]
    }
  }

  private var title: String {
    switch self {
    case .shape: "A shape of Sluss: what a document looks like"
    case .mapping: "A mapping of Sluss: which field of a format is which field of the hub"
    case .routes: "The routes of Sluss: where messages go once they are translated"
    case .store: "The hub's store of Sluss: what is kept of that which messages tell, and how"
    case .billing: "The billing rules of Sluss: who is billed what, and why not"
    case .exports: "The billing exports of Sluss: what finance's tables hold"
    case .booking:
      "The booking rules of Sluss: how one booking is made in the journal, the video platform and the web"
    case .rivta: "The contracts of Sluss: what is answered over RIV-TA, from what and how"
    case .gateway: "The configuration of Sluss: how a gateway runs, and its targets"
    case .case: "A case of Sluss: an input and what must come out of it"
    }
  }
}
