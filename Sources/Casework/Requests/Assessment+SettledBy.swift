public import FeeSchedule
import Values
public import Workflow

extension Assessment {
    /// What a request of this assessment is settled by at once; `nil` if something is due.
    ///
    /// Reductions and discounts that leave nothing of a price are an exemption. What has no price from the start exempts
    /// nobody from anything.
    public var settledBy: SettledBy? {
        guard amountDue == .zero else { return nil }
        return listTotal > .zero ? .exemption : .nothingDue
    }
}
