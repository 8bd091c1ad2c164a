public import FeeSchedule
import Values
public import Workflow

extension Assessment {
    /// How a request with this assessment counts as settled at once; `nil` if something is due.
    ///
    /// Reductions and discounts that leave nothing of a price are an exemption. Something that costs nothing from the
    /// start is not an exemption.
    public var settledBy: SettledBy? {
        guard amountDue == .zero else { return nil }
        return listTotal > .zero ? .exemption : .nothingDue
    }
}
