import Delivery
import Mapping

extension DeliveryPolicy: DeliveryTerms {
  /// Whether a dead delivery holds back later ones of its order.
  public var holdsLane: Bool { whenDead == .hold }
}
