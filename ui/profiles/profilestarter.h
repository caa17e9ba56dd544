#pragma once

#include "core/store/profiles/movedsession.h"
#include "core/store/profiles/profileplan.h"
#include "ui/profiles/portloans.h"
#include "ui/window/forwardservice.h"

#include <QObject>

#include <functional>

namespace Fairlead::Ui {

class ForwardCommands;
class StartForesight;

/// Brings forwards of profiles into the window and starts them. What is there already is not added again. Before
/// anything starts, a StartForesight says what is in the way.
class ProfileStarter final : public QObject
{
    Q_OBJECT

public:
    using Ids = QList<Forward::ForwardId>;
    /// Contexts only: forwards are added by this class.
    using ContextsHere = std::function<Store::Surroundings()>;

    ProfileStarter(ForwardService &service, ForwardCommands &commands, StartForesight &foresight,
                   ContextsHere contextsHere, QObject *parent = nullptr);

    /// Adds those that are not there yet, and starts those that ran when it was saved.
    void start(const Store::Profile &profile);
    /// The same, and takes away what does not belong to it (which can be undone as any removing).
    void switchTo(const Store::Profile &profile);
    /// Forwards of the window, after a look at what is in the way.
    void startIdle(const Ids &ids);

    struct Brought {
        Ids ids; ///< one for each forward of the profile, in its order
        Ids toStart; ///< of these, what ran when it was saved, has a context here and does not run
        QStringList remarks; ///< how contexts were found, or not
        int lost = 0; ///< of them without a context here
        int added = 0; ///< that were not there before
    };
    /// Adds forwards without starting any.
    Brought bring(const Store::Profile &profile);
    /// Adds forwards of another engine and starts what ran there, on the ports that it had, without a question. Ports
    /// that a forward leaves open are lent: the next start takes any again.
    Brought resume(const Store::MovedSession &moved);
    /// Says what there is to say of a profile that was brought.
    void report(const QString &name, const Brought &brought);
    /// What start() would start now.
    [[nodiscard]] int countIdle(const Store::Profile &profile) const;
    /// Of these, what is there and does not run.
    [[nodiscard]] Ids idleOf(const Ids &ids) const;
    /// All forwards of the window, as a profile; of ports that are lent, the forward's own.
    [[nodiscard]] Store::Profile current(const QString &name) const;
    /// Some of them.
    [[nodiscard]] QList<Store::SavedForward> saved(const Ids &ids) const;
    /// Those of the profile that are in the window.
    [[nodiscard]] Ids idsOf(const Store::Profile &profile) const;

    /// Contexts and forwards that are here; of ports that are lent, the forward's own.
    [[nodiscard]] Store::Surroundings surroundings() const;

signals:
    /// A short-lived remark, for the status bar.
    void notice(const QString &text);
    /// Not all could be done: a sentence, and lines below it.
    void problem(const QString &text, const QString &detail);

private:
    void pass(const Store::Profile &profile, const Ids &leaving,
              const std::function<void(const Store::Profile &)> &then);
    void startTaken(const Store::Profile &asked, const Store::Profile &taken);
    int startTaken(const Ids &ids, const Store::Profile &asked, const Store::Profile &taken);
    [[nodiscard]] Ids idleToStart(const Ids &ids, const Store::Profile &asked, const Store::Profile &taken);
    void adapt(Forward::ForwardId id, const Forward::ForwardSpec &asked, const Forward::ForwardSpec &taken);

    ForwardService &m_service;
    ForwardCommands &m_commands;
    StartForesight &m_foresight;
    ContextsHere m_contextsHere;
    PortLoans *m_loans;
};

} // namespace Fairlead::Ui
