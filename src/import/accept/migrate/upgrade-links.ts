import { type Json, objectOf, objectsOf, textOf } from '../../../diff/json.ts';

/** A link was to a dashboard by its title or address; what it carried along was apart from the URL. */
export function withLinks(panel: Json): Json {
  if (!Array.isArray(panel.links)) return panel;
  return {
    ...panel,
    links: objectsOf(panel.links).map((link) => {
      const { url, dashboard, dashUri, keepTime, includeVars, params, title, targetBlank } = link;
      const base =
        textOf(url) ??
        (textOf(dashboard) ? `dashboard/db/${slugOf(String(dashboard))}` : undefined) ??
        (textOf(dashUri) ? `dashboard/${dashUri}` : '/');
      const more = [
        keepTime ? '$__url_time_range' : '',
        includeVars ? '$__all_variables' : '',
        textOf(params) ?? '',
      ];
      const query = more.filter((part) => part !== '').join('&');
      const between = query === '' ? '' : base.includes('?') ? '&' : '?';
      return {
        url: `${base}${between}${query}`,
        title: textOf(title) ?? '',
        ...(targetBlank ? { targetBlank } : {}),
      };
    }),
  };
}

function slugOf(title: string): string {
  return title
    .toLowerCase()
    .replace(/[^\w ]+/g, '')
    .replace(/ +/g, '-');
}

/** Names in data links before Grafana 6.5. */
export function withSeriesNames(panel: Json): Json {
  return withRenamed(panel, (text) =>
    text
      .replace(/\$__(series|field)_name/g, '${__$1.name}')
      .replace(/__(series|field)_name/g, '__$1.name')
      .replace(/__value_time/g, '__value.time'),
  );
}

/** Labels in data links before Grafana 6.6. */
export function withFieldLabels(panel: Json): Json {
  return withRenamed(panel, (text) => text.replace(/__series\.labels/g, '__field.labels'));
}

function withRenamed(panel: Json, rename: (text: string) => string): Json {
  const options = objectOf(panel.options);
  if (!options) return panel;
  const links = (list: unknown) =>
    objectsOf(list).map((link) => ({
      ...link,
      ...(textOf(link.url) ? { url: rename(String(link.url)) } : {}),
    }));
  const fields = objectOf(options.fieldOptions);
  const defaults = objectOf(fields?.defaults);
  const { title } = defaults ?? {};
  const renamed = {
    ...defaults,
    ...(Array.isArray(defaults?.links) ? { links: links(defaults.links) } : {}),
    ...(textOf(title) ? { title: rename(String(title)) } : {}),
  };
  return {
    ...panel,
    options: {
      ...options,
      ...(Array.isArray(options.dataLinks) ? { dataLinks: links(options.dataLinks) } : {}),
      ...(defaults ? { fieldOptions: { ...fields, defaults: renamed } } : {}),
    },
  };
}
