#include "ui/profiles/profilesmenu.h"

#include "ui/icons.h"

#include <QAction>
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

ProfilesMenu::ProfilesMenu(ProfileCommands &commands, Store::ProfileFolder &folder, QWidget &window)
    : QMenu(tr("&Profiles"), &window)
    , m_commands(commands)
    , m_folder(folder)
    , m_window(window)
{
    setToolTipsVisible(true);
    connect(&folder, &Store::ProfileFolder::changed, this, &ProfilesMenu::refill);
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
    int number = 0;
    for (const auto &entry : m_folder.entries()) {
        if (entry.error)
            addBroken(entry);
        else
            addProfile(entry, ++number);
    }
    if (m_folder.entries().isEmpty())
        addAction(tr("No profiles yet"))->setEnabled(false);
    addSeparator();
    addAction(tr("Open &folder of profiles"), this, [this] {
        QDir().mkpath(m_folder.path());
        QDesktopServices::openUrl(QUrl::fromLocalFile(m_folder.path()));
    });
}

void ProfilesMenu::addProfile(const Store::ProfileFolder::Entry &entry, int number)
{
    const QString name = entry.name;
    QMenu *menu = addMenu(inMenu(name));
    menu->setToolTipsVisible(true);
    //: Menu entry: adds a profile's forwards to those that are there.
    QAction *start =
        menu->addAction(Ui::icon(u"start"_s), tr("&Start"), this, [this, name] { m_commands.start(name); });
    start->setToolTip(tr("Adds its forwards to those that are here, and starts those that ran when it was saved"));
    if (number <= Numbered)
        start->setShortcut(QKeySequence(QKeyCombination(Qt::ControlModifier, Qt::Key(Qt::Key_0 + number))));
    //: Menu entry: a profile takes the place of the forwards that are there.
    QAction *change = menu->addAction(tr("S&witch to it"), this, [this, name] { m_commands.switchTo(name); });
    change->setToolTip(tr("The same, and removes the forwards that do not belong to it"));
    menu->addSeparator();
    menu->addAction(tr("Save forwards &into it"), this, [this, name] {
        confirmOverwrite(name, tr("Replace what profile \"%1\" holds by the forwards of this window?").arg(name),
                         [this, name] { m_commands.save(name); });
    });
    menu->addAction(tr("&Rename…"), this, [this, name] {
        askForName(tr("Rename profile"), tr("New name of profile \"%1\":").arg(name), name,
                   [this, name](const QString &to) { m_commands.rename(name, to); });
    });
    menu->addAction(Ui::icon(u"remove"_s), tr("Re&move"), this, [this, name] { m_commands.remove(name); });
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
