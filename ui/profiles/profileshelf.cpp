#include "ui/profiles/profileshelf.h"

#include "core/kube/config/contextstore.h"
#include "core/store/settings.h"
#include "ui/profiles/profilesmenu.h"
#include "ui/sidebar/categorymodel.h"
#include "ui/sidebar/sidebar.h"

#include <QTimer>

#include <algorithm>

namespace Fairlead::Ui {

namespace {

/// The colour that all of its forwards have; none where they differ.
int markOf(const Store::Profile &profile)
{
    const QString color = profile.forwards.isEmpty() ? QString() : profile.forwards.first().spec.about.color;
    const bool same = std::all_of(profile.forwards.begin(), profile.forwards.end(),
                                  [&](const Store::SavedForward &one) { return one.spec.about.color == color; });
    return same ? int(Store::colorOf(color)) : 0;
}

} // namespace

ProfileShelf::ProfileShelf(const Parts &parts, SideBar &sideBar, QObject *parent)
    : QObject(parent)
    , m_parts(parts)
    , m_sideBar(sideBar)
    , m_timer(new QTimer(this))
{
    // Many forwards come and go as one.
    m_timer->setSingleShot(true);
    m_timer->setInterval(0);
    connect(m_timer, &QTimer::timeout, this, &ProfileShelf::refresh);
    const auto later = qOverload<>(&QTimer::start);
    connect(&parts.folder, &Store::ProfileFolder::changed, m_timer, later);
    connect(&parts.commands, &ProfileCommands::reordered, m_timer, later);
    connect(&parts.contexts, &Kube::ContextStore::changed, m_timer, later);
    connect(&parts.service, &ForwardService::added, m_timer, later);
    connect(&parts.service, &ForwardService::removed, m_timer, later);
    serve();
    refresh();
}

void ProfileShelf::serve()
{
    ProfileCommands &commands = m_parts.commands;
    connect(&m_sideBar, &SideBar::profileActivated, &commands, &ProfileCommands::start);
    connect(&m_sideBar, &SideBar::profileRemoveRequested, &commands, &ProfileCommands::remove);
    connect(&m_sideBar, &SideBar::profileRenameRequested, &m_parts.menu, &ProfilesMenu::rename);
    connect(&m_sideBar, &SideBar::profileMenuRequested, &m_parts.menu, &ProfilesMenu::popupFor);
    const CategoryModel &model = m_sideBar.categories();
    connect(&model, &CategoryModel::forwardsDropped, this,
            [this](const QString &profile, const QList<Forward::ForwardId> &ids) {
                m_parts.commands.add(profile, m_parts.starter.saved(ids));
            });
    connect(&model, &CategoryModel::profileDropped, this, [this](const QString &profile, int place) {
        const int from = int(m_parts.commands.names().indexOf(profile));
        // Before the one that is at this place now, which moves up when this one leaves.
        m_parts.commands.move(profile, (place > from ? place - 1 : place) - from);
    });
}

void ProfileShelf::refresh()
{
    QList<CategoryModel::Profile> profiles;
    const QStringList names = m_parts.commands.names();
    for (const QString &name : names) {
        const Store::Profile &profile = *m_parts.commands.find(name);
        const QList<Forward::ForwardId> ids = m_parts.starter.idsOf(profile);
        profiles.append({name, int(profile.forwards.size()), QSet(ids.begin(), ids.end()), markOf(profile)});
    }
    m_sideBar.categories().setProfiles(profiles);
}

} // namespace Fairlead::Ui
