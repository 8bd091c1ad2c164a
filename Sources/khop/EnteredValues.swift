import ArgumentParser
import Collection
import Values

// Values are accepted in the form in which they are printed: 10.000 and 25/11/2026.

extension Day {
    /// Reads the value of an option, `2026-11-25` or `25/11/2026`; the error names the option.
    init(option: String, _ text: String) throws {
        guard let day = Day(text) ?? Day(printed: text) else {
            throw ServiceError(
                .invalidParameter,
                at: option,
                Phrase(
                    vi: "\(text) không phải là ngày có thật: viết 25/11/2026 hoặc 2026-11-25",
                    en: "\(text) is not a day that exists: write 25/11/2026 or 2026-11-25"
                )
            )
        }
        self = day
    }
}

extension Money {
    /// Reads the value of an option, `10000` or `10.000`; the error names the option.
    init(option: String, _ text: String) throws {
        guard let money = Money.parse(text) ?? Money(printed: text), money > .zero else {
            throw ServiceError(
                .invalidParameter,
                at: option,
                Phrase(
                    vi: "\(text) không phải là số tiền: viết 10000 hoặc 10.000, số đồng nguyên",
                    en: "\(text) is not an amount: write 10000 or 10.000, whole đồng"
                )
            )
        }
        self = money
    }
}

extension RequestName {
    /// Reads the value of an option; throws with the option's name.
    init(option: String, _ text: String) throws {
        guard let name = RequestName(text) else {
            throw ServiceError(.invalidParameter, at: option, RequestName.form)
        }
        self = name
    }
}
