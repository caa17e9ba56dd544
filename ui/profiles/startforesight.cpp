#include "ui/profiles/startforesight.h"

#include "core/store/profiles/foresight.h"
#include "ui/contexts/contextmarks.h"
#include "ui/forwards/describe.h"
#include "ui/profiles/conflictsdialog.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Fairlead::Ui {

namespace {

/// As Store::Ground wants it.
QString wordsOf(const Forward::PortOwner &holder)
{
    //: A program: %1 is its name, %2 the number of its process.
    return holder.pid == 0 ? QString() : StartForesight::tr("%1 (pid %2)").arg(holder.program).arg(holder.pid);
}

} // namespace

StartForesight::StartForesight(const ForwardService &service, const ContextMarks &marks, QWidget &window)
    : QObject(&window)
    , m_service(service)
    , m_marks(marks)
    , m_window(window)
{
}

QList<Store::Obstacle> StartForesight::look(const Plan &plan) const
{
    Store::Ground ground{plan.here.contexts, plan.here.currentContext};
    for (const auto &[id, spec] : plan.here.forwards) {
        const Forward::ForwardSnapshot forward = m_service.snapshot(id);
        if (!isActive(forward.state) || plan.leaving.contains(id))
            continue;
        Store::Ground::Busy busy{spec, {}};
        for (const LocalEnd &end : localEnds(forward))
            busy.ports << end.port;
        ground.busy << busy;
    }
    ground.isProtected = [this](const Kube::ContextRef &context) { return m_marks.of(context).isProtected; };
    ground.holder = [this, leaving = plan.leaving](const QString &address, quint16 port) -> std::optional<QString> {
        // What a leaving forward still holds will be free.
        const bool isLeaving = std::any_of(leaving.begin(), leaving.end(), [&](Forward::ForwardId id) {
            const QList<LocalEnd> ends = localEnds(m_service.snapshot(id));
            return std::any_of(ends.begin(), ends.end(), [port](const LocalEnd &end) { return end.port == port; });
        });
        const auto holder = isLeaving ? std::nullopt : m_service.portHolder(address, port);
        return holder ? std::optional(wordsOf(*holder)) : std::nullopt;
    };
    return Store::foresee(plan.profile, ground);
}

void StartForesight::pass(const Plan &plan, const std::function<void(const Store::Profile &)> &then)
{
    const QList<Store::Obstacle> obstacles = look(plan);
    if (std::none_of(obstacles.begin(), obstacles.end(),
                     [](const Store::Obstacle &obstacle) { return obstacle.needsDecision(); })) {
        then(plan.profile);
        return;
    }
    auto *dialog = new ConflictsDialog(plan.profile, obstacles, &m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this,
            [dialog, plan, then] { then(Store::withWaysTaken(plan.profile, dialog->obstacles())); });
    dialog->open();
}

} // namespace Fairlead::Ui
