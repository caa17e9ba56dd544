#include "ui/profiles/profilesmenu.h"

#include "ui/exchange/exportdesk.h"
#include "ui/icons.h"

#include <QAction>
#include <QActionGroup>
#include <QDesktopServices>
#include <QDir>
#include <QInputDialog>
#include <QMessageBox>
#include <QPushButton>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace Fairlead::Ui {

namespace {

constexpr int Numbered = 9;

/// Menus take & for a mnemonic.
QString inMenu(const QString &name)
{
    QString text = name;
    return text.replace(u'&', u"&&"_s);
}

QString placeOf(const Store::ProfileError &error)
{
    if (error.line == 0)
        return error.text;
    return ProfilesMenu::tr("Line %1: %2").arg(error.line).arg(error.text);
}

} // namespace

ProfilesMenu::ProfilesMenu(ProfileCommands &commands, Store::ProfileFolder &folder, ExportDesk &exports,
                           QWidget &window)
    : QMenu(tr("&Profiles"), &window)
    , m_commands(commands)
    , m_folder(folder)
    , m_exports(exports)
    , m_window(window)
{
    setToolTipsVisible(true);
    connect(&folder, &Store::ProfileFolder::changed, this, &ProfilesMenu::refill);
    connect(&commands, &ProfileCommands::reordered, this, &ProfilesMenu::refill);
    connect(&commands, &ProfileCommands::changedOutside, this, [this](const QString &name) {
        ask(tr("Somebody else has changed profile \"%1\" since it was read. Overwrite it?").arg(name),
            tr("What was changed there is lost."), tr("Overwrite"), [this, name] { m_commands.overwrite(name); });
    });
    refill();
}

void ProfilesMenu::refill()
{
    // Later: one of their own actions may be what changed the profiles.
    for (QMenu *menu : findChildren<QMenu *>(Qt::FindDirectChildrenOnly))
        menu->deleteLater();
    clear();
    QAction *save = addAction(tr("&Save forwards as profile…"), this, &ProfilesMenu::saveAs);
    save->setShortcut(QKeySequence::Save);
    addSeparator();
    const QStringList names = m_commands.names();
    for (int i = 0; i < names.size(); ++i)
        addProfile(*m_commands.find(names.at(i)), i + 1, int(names.size()));
    for (const auto &entry : m_folder.entries()) {
        if (entry.error)
            addBroken(entry);
    }
    if (m_folder.entries().isEmpty())
        addAction(tr("No profiles yet"))->setEnabled(false);
    addSeparator();
    addAction(tr("Open &folder of profiles"), this, [this] {
        QDir().mkpath(m_folder.path());
        QDesktopServices::openUrl(QUrl::fromLocalFile(m_folder.path()));
    });
}

void ProfilesMenu::addProfile(const Store::Profile &profile, int number, int count)
{
    const QString name = profile.name;
    QMenu *menu = addMenu(inMenu(name));
    menu->setToolTipsVisible(true);
    addStarting(*menu, name, number);
    addRestore(*menu, profile);
    menu->addSeparator();
    menu->addAction(tr("Save forwards &into it"), this, [this, name] {
        confirmOverwrite(name, tr("Replace what profile \"%1\" holds by the forwards of this window?").arg(name),
                         [this, name] { m_commands.save(name); });
    });
    menu->addAction(tr("&Rename…"), this, [this, name] { rename(name); });
    menu->addAction(tr("&Duplicate"), this, [this, name] { m_commands.duplicate(name); });
    m_exports.fillMenu(*menu->addMenu(tr("&Export")), profile);
    addPlacing(*menu, name, number, count);
    menu->addSeparator();
    menu->addAction(Ui::icon(u"remove"_s), tr("Re&move"), this, [this, name] { m_commands.remove(name); });
}

void ProfilesMenu::addStarting(QMenu &menu, const QString &name, int number)
{
    //: Menu entry: adds a profile's forwards to those that are there.
    QAction *start = menu.addAction(Ui::icon(u"start"_s), tr("&Start"), this, [this, name] { m_commands.start(name); });
    start->setToolTip(tr("Adds its forwards to those that are here, and starts those that ran when it was saved"));
    if (number <= Numbered)
        start->setShortcut(QKeySequence(QKeyCombination(Qt::ControlModifier, Qt::Key(Qt::Key_0 + number))));
    //: Menu entry: a profile takes the place of the forwards that are there.
    QAction *change = menu.addAction(tr("S&witch to it"), this, [this, name] { m_commands.switchTo(name); });
    change->setToolTip(tr("The same, and removes the forwards that do not belong to it"));
}

void ProfilesMenu::addRestore(QMenu &menu, const Store::Profile &profile)
{
    QMenu *restore = menu.addMenu(tr("When &Fairlead starts"));
    auto *choice = new QActionGroup(restore);
    const auto add = [this, restore, choice, &profile](const QString &text, Store::Restore policy) {
        QAction *action = restore->addAction(
            text, this, [this, name = profile.name, policy] { m_commands.setRestore(name, policy); });
        action->setCheckable(true);
        action->setChecked(profile.restore == policy);
        choice->addAction(action);
    };
    //: Menu entry: what happens with a profile when the program starts.
    add(tr("&Nothing"), Store::Restore::Nothing);
    add(tr("&Ask whether to start it"), Store::Restore::Ask);
    add(tr("&Start what ran when it was saved"), Store::Restore::AsTheyWere);
}

void ProfilesMenu::addPlacing(QMenu &menu, const QString &name, int number, int count)
{
    const auto add = [&](const QString &text, int places, bool possible) {
        QAction *action = menu.addAction(text, this, [this, name, places] { m_commands.move(name, places); });
        action->setEnabled(possible);
        action->setToolTip(tr("The first nine start with Ctrl+1 to Ctrl+9"));
    };
    add(tr("Move &up"), -1, number > 1);
    add(tr("Move d&own"), 1, number < count);
}

void ProfilesMenu::addBroken(const Store::ProfileFolder::Entry &entry)
{
    //: Menu entry: a profile whose file has an error.
    QAction *action = addAction(Ui::icon(u"state-failed"_s), tr("%1 (cannot be read)").arg(inMenu(entry.name)), this,
                                [file = entry.file] { QDesktopServices::openUrl(QUrl::fromLocalFile(file)); });
    action->setToolTip(placeOf(*entry.error) + u'\n' + entry.file);
}

void ProfilesMenu::saveAs()
{
    askForName(tr("Save forwards as profile"), tr("Name of the profile:"), {}, [this](const QString &name) {
        if (!m_folder.find(name))
            return m_commands.save(name);
        confirmOverwrite(name, tr("There is a profile \"%1\" already. Replace it?").arg(name),
                         [this, name] { m_commands.save(name); });
    });
}

void ProfilesMenu::rename(const QString &name)
{
    askForName(tr("Rename profile"), tr("New name of profile \"%1\":").arg(name), name,
               [this, name](const QString &to) { m_commands.rename(name, to); });
}

void ProfilesMenu::popupFor(const QString &name, const QPoint &at)
{
    for (QMenu *menu : findChildren<QMenu *>(Qt::FindDirectChildrenOnly)) {
        if (menu->title() == inMenu(name) && actions().contains(menu->menuAction()))
            menu->popup(at);
    }
}

void ProfilesMenu::fillAddMenu(QMenu &menu, const std::function<QList<Store::SavedForward>()> &forwards)
{
    for (const QString &name : m_commands.names())
        menu.addAction(inMenu(name), this, [this, name, forwards] { m_commands.add(name, forwards()); });
    menu.addSeparator();
    menu.addAction(tr("&New profile…"), this, [this, forwards] {
        askForName(tr("Add to a new profile"), tr("Name of the profile:"), {},
                   [this, forwards](const QString &name) { m_commands.add(name, forwards()); });
    });
}

void ProfilesMenu::askForName(const QString &title, const QString &label, const QString &proposed,
                              const std::function<void(const QString &)> &then)
{
    auto *dialog = new QInputDialog(&m_window);
    dialog->setObjectName(u"profileName"_s);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(title);
    dialog->setLabelText(label);
    dialog->setTextValue(proposed);
    connect(dialog, &QInputDialog::textValueSelected, this, [then](const QString &text) {
        if (const QString name = text.trimmed(); !name.isEmpty())
            then(name);
    });
    dialog->open();
}

void ProfilesMenu::confirmOverwrite(const QString &name, const QString &question, const std::function<void()> &then)
{
    const auto *entry = m_folder.find(name);
    const int held = entry ? int(entry->profile.forwards.size()) : 0;
    ask(question, tr("It holds %n forward(s) now.", nullptr, held), tr("Replace"), then);
}

void ProfilesMenu::ask(const QString &question, const QString &detail, const QString &yes,
                       const std::function<void()> &then)
{
    auto *box = new QMessageBox(QMessageBox::Question, u"Fairlead"_s, question, QMessageBox::Cancel, &m_window);
    box->setObjectName(u"profileQuestion"_s);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setInformativeText(detail);
    const QPushButton *accept = box->addButton(yes, QMessageBox::AcceptRole);
    box->setDefaultButton(QMessageBox::Cancel);
    connect(box, &QMessageBox::buttonClicked, this, [then, accept](const QAbstractButton *button) {
        if (button == accept)
            then();
    });
    box->open();
}

} // namespace Fairlead::Ui
