#include "ui/translations.h"

#include <QCoreApplication>
#include <QLibraryInfo>
#include <QLocale>
#include <QTranslator>

#include <memory>

/// The macro must stand outside of any namespace. Resources of a static library are not linked in unless named.
static void loadTranslationResources()
{
    Q_INIT_RESOURCE(translations);
}

namespace Fairlead::Ui {

using namespace Qt::StringLiterals;

namespace {

const QString kOwnFolder = u":/fairlead/translations"_s;

void install(QCoreApplication &application, const QLocale &locale, const QString &name, const QString &folder)
{
    auto translator = std::make_unique<QTranslator>(&application);
    if (!translator->load(locale, name, u"_"_s, folder))
        return;
    QCoreApplication::installTranslator(translator.release());
}

} // namespace

void installTranslations(QCoreApplication &application, const QLocale &locale)
{
    loadTranslationResources();
    // The translator that was installed last is asked first. English has the plurals of the words in the sources.
    install(application, QLocale(QLocale::English), u"fairlead"_s, kOwnFolder);
    install(application, locale, u"qtbase"_s, QLibraryInfo::path(QLibraryInfo::TranslationsPath));
    install(application, locale, u"fairlead"_s, kOwnFolder);
}

} // namespace Fairlead::Ui
