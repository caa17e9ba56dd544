#include "ui/exchange/importdesk.h"

#include "core/store/exchange/importer.h"
#include "core/store/exchange/importfile.h"
#include "ui/contexts/kubeconfigintake.h"
#include "ui/contexts/pastedialog.h"
#include "ui/exchange/importdialog.h"
#include "ui/profiles/profilecommands.h"
#include "ui/profiles/profilestarter.h"
#include "ui/window/actions.h"

#include <QAction>
#include <QClipboard>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QGuiApplication>

using namespace Qt::StringLiterals;

namespace Fairlead::Ui {

ImportDesk::ImportDesk(ProfileStarter &starter, ProfileCommands &profiles, QWidget &window)
    : QObject(&window)
    , m_starter(starter)
    , m_profiles(profiles)
    , m_window(window)
{
}

void ImportDesk::serve(const Actions &actions, KubeconfigIntake &intake)
{
    for (const ActionId id : {ActionId::ImportForwards, ActionId::PasteForwards})
        actions.get(id).setVisible(true);
    connect(&actions.get(ActionId::ImportForwards), &QAction::triggered, this, &ImportDesk::chooseFile);
    connect(&actions.get(ActionId::PasteForwards), &QAction::triggered, this, [this, &intake] { paste(intake); });
    intake.passOnOthers();
    connect(&intake, &KubeconfigIntake::strangeFile, this, &ImportDesk::takeFile);
    connect(&intake, &KubeconfigIntake::strangeText, this, &ImportDesk::takeText);
}

void ImportDesk::paste(KubeconfigIntake &intake)
{
    const QString text = QGuiApplication::clipboard()->text();
    if (looksLikeKubeconfig(text))
        intake.pasteText();
    else
        takeText(text);
}

void ImportDesk::chooseFile()
{
    auto *dialog = new QFileDialog(&m_window, tr("Import forwards"), QDir::homePath());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    // Other tools keep their files in hidden folders.
    dialog->setFilter(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot);
    connect(dialog, &QFileDialog::fileSelected, this, &ImportDesk::takeFile);
    dialog->open();
}

void ImportDesk::takeFile(const QString &path)
{
    receive(Store::importFile(path), path, path);
}

void ImportDesk::takeText(const QString &text)
{
    receive(Store::importForwards(text.toUtf8()), tr("The text", "that was pasted or dropped"), {});
}

void ImportDesk::receive(const Outcome &outcome, const QString &from, const QString &path)
{
    if (!outcome) {
        const Store::ProfileError &error = outcome.error();
        //: %1 is a file or "The text".
        emit refused(tr("%1: no forwards could be read.").arg(from),
                     error.line == 0 ? error.text : tr("Line %1: %2").arg(error.line).arg(error.text));
        return;
    }
    const QFileInfo file(path);
    //: Title of a window; %1 is the name of a file.
    const QString title = path.isEmpty() ? tr("Import forwards") : tr("Import forwards: %1").arg(file.fileName());
    m_waiting.append({*outcome, path.isEmpty() ? QString() : file.completeBaseName(), title});
    if (!m_preview)
        showNext();
}

/// The contexts and profiles that are there now count: the preview before may have added some.
void ImportDesk::showNext()
{
    if (m_waiting.isEmpty())
        return;
    const Readable next = m_waiting.takeFirst();
    const QString proposed = next.imported.name.isEmpty() ? next.name : next.imported.name;
    auto *dialog = new ImportDialog(next.imported, m_starter.surroundings(), proposed, m_profiles.names(), &m_window);
    m_preview = dialog;
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(next.title);
    connect(dialog, &QDialog::accepted, this, [this, dialog] { take(dialog->forwards(), dialog->profileName()); });
    connect(dialog, &QObject::destroyed, this, &ImportDesk::showNext);
    dialog->open();
}

void ImportDesk::take(const QList<Store::SavedForward> &forwards, const QString &profile)
{
    if (!profile.isEmpty()) {
        m_profiles.add(profile, forwards);
        return;
    }
    const ProfileStarter::Brought brought = m_starter.bring({{}, {}, forwards, {}});
    emit notice(tr("%n forward(s) imported, stopped.", nullptr, brought.added));
    if (!brought.ids.isEmpty())
        emit imported(brought.ids.first());
}

} // namespace Fairlead::Ui
