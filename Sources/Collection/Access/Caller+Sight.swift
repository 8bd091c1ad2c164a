public import Identity

extension Caller {
    /// How much of payers the caller sees of what it may read at all.
    ///
    /// Who serves at the counters of some localities, and is let in as nothing else, reads only their requests: these are
    /// the caller's own. Who serves in one and audits in another may be shown requests of both, and sees the names of none.
    public var sight: PersonalSight {
        let sight = PersonalSight(of: rolesThatCount)
        let serves = rolesThatCount.allSatisfy { PersonalField.name.sight(of: $0) > .masked }
        return localities != nil && serves ? sight.ofOwn : sight
    }
}
